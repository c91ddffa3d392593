"""Has no DAG: fails to import while a contract is unreadable, so that Airflow's page says so.

The DAGs of all other contracts stay; see data_sets.py.
"""

from __future__ import annotations

from sluice_airflow import contract_cache
from sluice_airflow.deployment import Deployment

_deployment = Deployment.from_environment()
_faults = contract_cache.read(_deployment.contracts, _deployment.cache).faults
if _faults:
    raise ValueError("; ".join(_faults))
