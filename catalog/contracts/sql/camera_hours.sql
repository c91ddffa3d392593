WITH seen AS (
  SELECT camera_token, date_trunc('HOUR', detected_at) AS hour_start, count(*) AS detections
  FROM video_detections
  GROUP BY camera_token, date_trunc('HOUR', detected_at)
),
dark AS (
  SELECT camera_token, date_trunc('HOUR', dark_at) AS hour_start, least(sum(dark_minutes), 60) AS dark_minutes
  FROM camera_outages
  GROUP BY camera_token, date_trunc('HOUR', dark_at)
)
SELECT
  coalesce(s.camera_token, d.camera_token) AS camera_token,
  cast(coalesce(s.hour_start, d.hour_start) AS date) AS seen_on,
  coalesce(s.hour_start, d.hour_start) AS hour_start,
  coalesce(s.detections, 0) AS detections,
  coalesce(d.dark_minutes, 0) AS dark_minutes
FROM seen s
FULL OUTER JOIN dark d ON d.camera_token = s.camera_token AND d.hour_start = s.hour_start
