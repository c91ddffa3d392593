SELECT cast(opened_at AS date) AS day, nowhere AS number FROM tickets
