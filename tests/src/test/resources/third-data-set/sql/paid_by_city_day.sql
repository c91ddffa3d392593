SELECT
  p.depot.address.city AS city,
  coalesce(d.region, :elsewhere) AS region,
  p.sent_on,
  count(*) AS parcels,
  cast(sum(aggregate(p.items, 0L, (sum, item) -> sum + item.pieces)) AS bigint) AS pieces,
  cast(sum(p.paid) AS decimal(22,2)) AS paid,
  max(array_max(p.weights)) AS heaviest,
  count(DISTINCT p.recipient_token) AS recipients
FROM parcel_scans p
LEFT JOIN depots d ON d.code = p.depot.code
GROUP BY p.depot.address.city, coalesce(d.region, :elsewhere), p.sent_on
