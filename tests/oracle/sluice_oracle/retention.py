"""What tables have lost to their retention, as their properties tell (docs/adr/0018)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from pyiceberg.catalog.sql import SqlCatalog


@dataclass(frozen=True)
class Expired:
    """How many rows have gone so far; partitions wholly before a time are gone."""

    rows: int = 0
    before: datetime | None = None

    def covers(self, value: object) -> bool:
        """Whether a date or time lies before it."""
        if self.before is None or value is None:
            return False
        if isinstance(value, datetime):
            return value.replace(tzinfo=self.before.tzinfo) < self.before
        return isinstance(value, date) and value < self.before.date()


def expired(catalog: SqlCatalog, table: str) -> Expired:
    """What has expired from a table."""
    text = catalog.load_table(table).properties.get("sluice.expired")
    if text is None:
        return Expired()
    told = json.loads(text)
    return Expired(told["rows"], datetime.fromisoformat(told["before"]))


def settled(catalog: SqlCatalog, table: str) -> frozenset[str]:
    """The partitions of a product, as text, that are computed no more."""
    return frozenset(json.loads(catalog.load_table(table).properties.get("sluice.settled", "[]")))


def partition_text(value: object) -> str:
    """The text by which a partition is named."""
    if value is None:
        return "~"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f") + ("Z" if value.tzinfo else "")
    if isinstance(value, bool):
        return str(value).lower()
    return "~" + value if isinstance(value, str) and value.startswith("~") else str(value)
