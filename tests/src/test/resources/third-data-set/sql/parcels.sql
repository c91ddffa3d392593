SELECT scan, sent_on, depot, weights, items, paid
FROM parcel_scans
