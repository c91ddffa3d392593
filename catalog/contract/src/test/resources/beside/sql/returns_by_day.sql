WITH sold AS (
  SELECT cast(ordered_at AS date) AS day, count(*) AS orders, count(DISTINCT customer) AS customers
  FROM orders
  GROUP BY cast(ordered_at AS date)
)
SELECT
  s.region,
  cast(r.returned_at AS date) AS day,
  count(*) AS returns,
  max(d.orders) AS orders,
  coalesce(max(d.customers), 0) AS customers
FROM returns r
LEFT JOIN shops s ON s.shop = r.shop
LEFT JOIN sold d ON d.day = cast(r.returned_at AS date)
GROUP BY s.region, cast(r.returned_at AS date)
