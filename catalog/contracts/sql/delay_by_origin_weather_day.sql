-- A flight met the weather of the hour of its planned departure; hours that nobody observed are unknown.
WITH sky AS (
  SELECT
    origin,
    observed_at,
    CASE
      WHEN rain_inches > 0 THEN 'wet'
      WHEN visibility_miles < :clear_from_miles THEN 'hazy'
      WHEN wind_mph >= :windy_from_mph THEN 'windy'
      ELSE 'fair'
    END AS weather
  FROM weather
)
SELECT
  f.origin,
  cast(f.scheduled_at AS date) AS flown_on,
  coalesce(s.weather, 'unknown') AS weather,
  count(*) AS flights,
  count(DISTINCT f.tail_token) AS planes,
  sum(CASE WHEN f.dep_time IS NULL THEN 1 ELSE 0 END) AS cancelled,
  avg(f.dep_delay) AS departure_delay
FROM flights f
LEFT JOIN sky s ON s.origin = f.origin AND s.observed_at = f.scheduled_at
GROUP BY f.origin, cast(f.scheduled_at AS date), coalesce(s.weather, 'unknown')
