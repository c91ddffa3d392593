SELECT cast(opened_at AS date) AS day, cast(remark AS int) AS number FROM tickets
