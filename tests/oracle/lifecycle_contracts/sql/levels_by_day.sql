SELECT
  cast(read_at AS date) AS read_on,
  count(*) AS readings,
  count(DISTINCT gauge) AS gauges,
  max(level) AS highest
FROM tides
GROUP BY cast(read_at AS date)
