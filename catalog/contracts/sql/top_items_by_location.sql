WITH counted AS (
  SELECT
    coalesce(l.geographical_location, 'unknown') AS location,
    cast(date_trunc(:period, d.detected_at) AS date) AS period_start,
    lower(trim(d.item_name)) AS item_name,
    count(*) AS detections,
    count(DISTINCT d.camera_token) AS cameras
  FROM video_detections d
  LEFT JOIN locations l ON l.geographical_location_oid = d.geographical_location_oid
  GROUP BY
    coalesce(l.geographical_location, 'unknown'),
    cast(date_trunc(:period, d.detected_at) AS date),
    lower(trim(d.item_name))
),
ranked AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY location, period_start ORDER BY detections DESC, item_name) AS item_rank
  FROM counted
)
SELECT location, period_start, item_rank, item_name, detections, cameras
FROM ranked
WHERE item_rank <= :top
