"""Judges a lake from outside: nothing here uses the product's code.

Kafka is read by librdkafka, Iceberg by PyIceberg, products are recomputed by DuckDB, BigQuery is
read by Google's client. What they find must agree.
"""
