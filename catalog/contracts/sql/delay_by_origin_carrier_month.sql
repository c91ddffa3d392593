SELECT
  origin,
  carrier,
  make_date(year, month, 1) AS month_start,
  count(*) AS flights,
  count(DISTINCT tail_token) AS planes,
  sum(CASE WHEN dep_time IS NULL THEN 1 ELSE 0 END) AS cancelled,
  sum(CASE WHEN dep_delay > :late_after_minutes THEN 1 ELSE 0 END) AS late,
  avg(dep_delay) AS departure_delay,
  avg(arr_delay) AS arrival_delay
FROM flights
GROUP BY origin, carrier, make_date(year, month, 1)
