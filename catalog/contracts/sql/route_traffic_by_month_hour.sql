-- A route that fewer than :fewest_planes planes fly at an hour would single them out: its destination is called other.
WITH cells AS (
  SELECT origin, dest, year, month, hour, count(DISTINCT tail_token) AS planes
  FROM flights
  GROUP BY origin, dest, year, month, hour
),
labelled AS (
  SELECT
    f.origin,
    CASE WHEN c.planes >= :fewest_planes THEN f.dest ELSE 'other' END AS dest,
    make_date(f.year, f.month, 1) AS month_start,
    f.hour AS hour_of_day,
    f.tail_token
  FROM flights f
  JOIN cells c
    ON c.origin = f.origin AND c.dest = f.dest AND c.year = f.year AND c.month = f.month AND c.hour = f.hour
)
SELECT
  origin,
  dest,
  month_start,
  hour_of_day,
  count(*) AS flights,
  count(DISTINCT tail_token) AS planes
FROM labelled
GROUP BY origin, dest, month_start, hour_of_day
