-- What fewer than :fewest_cameras cameras saw at a place on a day would single them out: it is called other.
WITH seen AS (
  SELECT
    d.detection_oid,
    d.camera_token,
    coalesce(l.geographical_location, 'unknown') AS location,
    cast(d.detected_at AS date) AS detected_on,
    lower(trim(d.item_name)) AS item_name
  FROM video_detections d
  LEFT JOIN locations l ON l.geographical_location_oid = d.geographical_location_oid
),
common AS (
  SELECT location, detected_on, item_name
  FROM seen
  GROUP BY location, detected_on, item_name
  HAVING count(DISTINCT camera_token) >= :fewest_cameras
)
SELECT
  s.detection_oid,
  s.camera_token,
  s.location,
  s.detected_on,
  coalesce(c.item_name, 'other') AS item_name
FROM seen s
LEFT JOIN common c
  ON c.location = s.location AND c.detected_on = s.detected_on AND c.item_name = s.item_name
