"""Runs a real Airflow on this machine, with the DAGs of this checkout, for one lakehouse."""
