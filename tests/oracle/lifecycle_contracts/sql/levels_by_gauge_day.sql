SELECT
  cast(read_at AS date) AS read_on,
  gauge,
  count(*) AS readings,
  max(level) AS highest
FROM tides
GROUP BY cast(read_at AS date), gauge
