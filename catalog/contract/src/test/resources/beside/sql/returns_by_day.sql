WITH sold AS (
  SELECT shop, cast(ordered_at AS date) AS day, number AS order_number, customer
  FROM orders
)
SELECT
  s.region,
  cast(r.returned_at AS date) AS day,
  count(DISTINCT r.number) AS returns,
  count(DISTINCT order_number) AS orders, count(DISTINCT d.customer) AS customers
FROM returns r
LEFT JOIN shops s ON s.shop = r.shop
LEFT JOIN sold d ON d.shop = r.shop AND d.day = cast(r.returned_at AS date)
GROUP BY s.region, cast(r.returned_at AS date)
