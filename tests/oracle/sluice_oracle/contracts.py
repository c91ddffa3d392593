"""The few facts of a contract that the oracle needs, read by a YAML library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Product:
    """One refined table and what may leave of it."""

    name: str
    sql: str
    parameters: dict
    inputs: list[str]
    partition: str
    columns: list[str]
    export: dict | None


@dataclass(frozen=True)
class Contract:
    """One data set."""

    id: str
    tenants: list[str]
    topic: str | None
    stage: str
    key: list[str]
    references: list[str]
    products: list[Product]

    @property
    def table(self) -> str:
        """Name of the raw and quarantine tables."""
        return self.id.replace("-", "_")


def _custom(entry: dict, name: str) -> Any:
    for item in entry.get("customProperties") or []:
        if item["property"] == name:
            return item["value"]
    return None


def _zone(schema: dict) -> str:
    return next(tag[5:] for tag in schema["tags"] if tag.startswith("zone:"))


def _plain_name(schema: dict) -> str:
    return schema["physicalName"].split(".", 1)[1]


def read(file: Path) -> Contract:
    """Reads one contract file."""
    text = yaml.safe_load(file.read_text())
    by_zone: dict[str, list[dict]] = {}
    for schema in text["schema"]:
        by_zone.setdefault(_zone(schema), []).append(schema)
    stage = by_zone["stage"][0]
    key = sorted(
        (p for p in stage["properties"] if p.get("primaryKey")),
        key=lambda p: p.get("primaryKeyPosition", 1),
    )
    products = []
    for schema in by_zone.get("refined", []):
        product = _custom(schema, "product")
        products.append(
            Product(
                name=_plain_name(schema),
                sql=(file.parent / product["sql"]).read_text(),
                parameters=product.get("parameters") or {},
                inputs=[i["table"] for i in product["inputs"]],
                partition=product["partition"],
                columns=[p["name"] for p in schema["properties"]],
                export=_custom(schema, "export"),
            )
        )
    kafka = next((s for s in text["servers"] if s["type"] == "kafka"), None)
    return Contract(
        id=text["id"],
        tenants=_custom(text, "tenants"),
        topic=_custom(kafka, "source")["topic"] if kafka else None,
        stage=_plain_name(stage),
        key=[p["name"] for p in key],
        references=[_plain_name(s) for s in by_zone.get("reference", [])],
        products=products,
    )


def read_all(folder: Path) -> list[Contract]:
    """Reads every contract of a folder."""
    return [read(file) for file in sorted(folder.glob("*.odcs.yaml"))]
