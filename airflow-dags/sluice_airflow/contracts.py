"""What a DAG needs to know of a data contract. Imports nothing of Airflow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SUFFIX = ".odcs.yaml"
DEFAULT_SCHEDULE = "*/10 * * * *"
DEFAULT_CANARY = "*/15 * * * *"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TENANT = re.compile(r"[a-z][a-z0-9]{0,30}")
_TABLE = re.compile(r"[a-z][a-z0-9_]*")


class ContractUnreadable(ValueError):
    """A contract has no DAGs; says which file and why. `sluice contracts lint` says more."""


@dataclass(frozen=True)
class Product:
    """A refined table: what it reads, and whether it leaves."""

    name: str
    inputs: tuple[str, ...]
    exported: bool


@dataclass(frozen=True)
class Contract:
    """One data set, as far as scheduling goes.

    `canary` is the schedule on which canaries are sent to its topic, and `ends` says whether rows
    or products of it come to an end: by a retention, or unused.
    """

    id: str
    title: str
    version: str
    status: str
    owner: str
    domain: str
    tenants: tuple[str, ...]
    stage_table: str
    products: tuple[Product, ...]
    schedule: str
    purpose: str
    usage: str
    limitations: str
    latency: str
    support: tuple[str, ...]
    has_topic: bool
    canary: str
    ends: bool

    @property
    def table(self) -> str:
        """Name of the raw and quarantine tables."""
        return self.id.replace("-", "_")

    @property
    def exports(self) -> tuple[Product, ...]:
        """The products that leave."""
        return tuple(product for product in self.products if product.exported)


def contract_files(folder: Path) -> list[Path]:
    """The contracts of a folder in the order of their names.

    Editors keep locks beside a file, under names that begin with a dot.
    """
    return sorted(path for path in folder.glob(f"*{SUFFIX}") if not path.name.startswith("."))


def parse(path: Path) -> dict[str, Any]:
    """Read what scheduling needs of one file, as plain JSON values.

    Raises ContractUnreadable when the file has not the form of a contract.
    """
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
        return _plain(document)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError, OSError) as fault:
        reason = " ".join(f"{type(fault).__name__}: {fault}".split())
        raise ContractUnreadable(
            f"{path.name} is no contract that DAGs can be made of ({reason}); "
            "'sluice contracts lint' says what is wrong"
        ) from fault


def contract(values: dict[str, Any]) -> Contract:
    """The contract that `parse` has read."""
    products = tuple(
        Product(each["name"], tuple(each["inputs"]), each["exported"])
        for each in values["products"]
    )
    rest = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in values.items()
        if key != "products"
    }
    return Contract(products=products, **rest)


def _plain(document: dict[str, Any]) -> dict[str, Any]:
    custom = _custom(document)
    objects = document["schema"]
    levels = {each["property"]: each for each in document.get("slaProperties") or []}
    description = document.get("description") or {}
    return {
        "id": _named(_ID, document["id"]),
        "title": str(document.get("name", document["id"])),
        "version": str(document["version"]),
        "status": str(document["status"]),
        "owner": str(document["team"]["name"]),
        "domain": str(document.get("domain", "")),
        "tenants": [_named(_TENANT, tenant) for tenant in custom["tenants"]],
        "stage_table": next(_named(_TABLE, o["name"]) for o in _in_zone(objects, "stage")),
        "products": [_product(each) for each in _in_zone(objects, "refined")],
        "schedule": _schedule(levels.get("frequency"), DEFAULT_SCHEDULE),
        "has_topic": any(each.get("type") == "kafka" for each in document["servers"]),
        "canary": _schedule(levels.get("canary"), DEFAULT_CANARY),
        "ends": "retention" in levels
        or any("lifecycle" in _custom(each) for each in _in_zone(objects, "refined")),
        "purpose": _text(description, "purpose"),
        "usage": _text(description, "usage"),
        "limitations": _text(description, "limitations"),
        "latency": _latency(levels.get("latency")),
        "support": [
            f"{each['channel']}: {each.get('description', '')}".rstrip(": ")
            for each in document.get("support") or []
        ],
    }


def _product(table: dict[str, Any]) -> dict[str, Any]:
    custom = _custom(table)
    return {
        "name": _named(_TABLE, table["name"]),
        "inputs": [_named(_TABLE, each["table"]) for each in custom["product"]["inputs"]],
        "exported": "export" in custom,
    }


def _schedule(level: dict[str, Any] | None, otherwise: str) -> str:
    if level is None or "schedule" not in level:
        return otherwise
    if level.get("scheduler", "cron") != "cron":
        raise ValueError(f"expected 'scheduler: cron', got '{level['scheduler']}'")
    schedule = str(level["schedule"])
    if len(schedule.split()) != 5:
        raise ValueError(f"expected a cron expression of five fields, got '{schedule}'")
    return schedule


def _latency(level: dict[str, Any] | None) -> str:
    return "" if level is None else f"{level['value']} {level.get('unit', '')}".strip()


def _in_zone(objects: Iterable[dict[str, Any]], zone: str) -> list[dict[str, Any]]:
    return [each for each in objects if f"zone:{zone}" in (each.get("tags") or [])]


def _custom(section: dict[str, Any]) -> dict[str, Any]:
    return {each["property"]: each["value"] for each in section.get("customProperties") or []}


def _text(section: dict[str, Any], key: str) -> str:
    return " ".join(str(section.get(key, "")).split())


def _named(form: re.Pattern[str], name: Any) -> str:
    if not form.fullmatch(str(name)):
        raise ValueError(f"'{name}' is no name of the form {form.pattern}")
    return str(name)
