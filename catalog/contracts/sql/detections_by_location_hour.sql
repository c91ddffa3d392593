SELECT
  coalesce(l.geographical_location, 'unknown') AS location,
  cast(d.detected_at AS date) AS detected_on,
  date_trunc('HOUR', d.detected_at) AS hour_start,
  count(*) AS detections,
  count(DISTINCT d.camera_token) AS cameras
FROM video_detections d
LEFT JOIN locations l ON l.geographical_location_oid = d.geographical_location_oid
GROUP BY
  coalesce(l.geographical_location, 'unknown'),
  cast(d.detected_at AS date),
  date_trunc('HOUR', d.detected_at)
