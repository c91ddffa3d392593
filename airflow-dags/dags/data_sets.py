"""The DAGs of all data sets; Airflow finds what stands in this module's names.

What they do, who owns them and what to do when one fails stands in each DAG's own text, which
comes from its contract.
"""

from __future__ import annotations

from sluice_airflow import contract_cache
from sluice_airflow.data_set_dags import data_set_dags
from sluice_airflow.deployment import Deployment

_deployment = Deployment.from_environment()
globals().update(
    data_set_dags(
        contract_cache.read(_deployment.contracts, _deployment.cache).contracts, _deployment
    )
)
