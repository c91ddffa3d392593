SELECT meter, cast(read_at AS date) AS day, count(*) AS readings, cast(sum(used) AS bigint) AS used
FROM meter_readings
GROUP BY meter, cast(read_at AS date)
