-- Iceberg: The busiest places
SELECT location, sum(detections) AS detections, max(cameras) AS cameras
FROM lake.city_refined.detections_by_location_hour
GROUP BY location ORDER BY detections DESC, location LIMIT 5;
-- Iceberg: Detections joined to their cameras by token, never by number
SELECT camera_token, count(*) AS detections, count(DISTINCT geographical_location_oid) AS places
FROM lake.city_stage.video_detections
GROUP BY camera_token ORDER BY detections DESC, camera_token LIMIT 5;
-- Iceberg: The latest carriers in January
SELECT origin, carrier, flights, round(departure_delay, 1) AS minutes_late
FROM lake.airports_refined.delay_by_origin_carrier_month
WHERE flights >= 100 ORDER BY departure_delay DESC LIMIT 5;
-- BigQuery: What is seen most, and where
SELECT location, period_start, item_name, detections
FROM `city_refined.top_items_by_location`
ORDER BY detections DESC, location, item_name LIMIT 5;
-- BigQuery: The busiest routes by hour of the day
SELECT origin, dest, hour_of_day, flights, planes
FROM `airports_refined.route_traffic_by_month_hour`
ORDER BY flights DESC, origin, dest, hour_of_day LIMIT 5;
