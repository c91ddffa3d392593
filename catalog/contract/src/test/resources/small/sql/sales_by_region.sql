-- md5(x) in a comment is no call; nor is 'sha1(' in a text
SELECT
  s.region,
  cast(o.ordered_at AS date) AS day,
  count(*) AS orders,
  count(DISTINCT o.customer) AS customers
FROM orders o LEFT JOIN shops s ON s.shop = o.shop
WHERE o.total >= :least AND o.shop <> 'sha1('
GROUP BY s.region, cast(o.ordered_at AS date)
