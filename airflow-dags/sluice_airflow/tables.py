"""Tables as Airflow's assets: what one zone's team announces and the next one waits for."""

from __future__ import annotations

from airflow.sdk import Asset

from .contracts import Contract


def asset(tenant: str, zone: str, table: str) -> Asset:
    """The table of a zone, under its own name."""
    name = f"{tenant}_{zone}.{table}"
    return Asset(name=name, uri=f"iceberg://{tenant}_{zone}/{table}", group=zone)


def raw(contract: Contract, tenant: str) -> Asset:
    """Where the data set lands."""
    return asset(tenant, "raw", contract.table)


def stage(contract: Contract, tenant: str) -> Asset:
    """Where it is promoted to."""
    return asset(tenant, "stage", contract.stage_table)


def refined(contract: Contract, tenant: str) -> list[Asset]:
    """Its products."""
    return [asset(tenant, "refined", product.name) for product in contract.products]


def exported(contract: Contract, tenant: str) -> list[Asset]:
    """What of them stands outside."""
    return [asset(tenant, "exported", product.name) for product in contract.exports]


def read_by_products(contract: Contract, tenant: str, others: tuple[Contract, ...]) -> list[Asset]:
    """What the data set's products read: its own stage, and tables of other data sets."""
    names = {name for product in contract.products for name in product.inputs}
    found = [stage(contract, tenant)]
    for other in others:
        if other.id == contract.id or tenant not in other.tenants:
            continue
        if other.stage_table in names:
            found.append(stage(other, tenant))
        found += [
            asset(tenant, "refined", product.name)
            for product in other.products
            if product.name in names
        ]
    return found
