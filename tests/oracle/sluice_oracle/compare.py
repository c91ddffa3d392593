"""Whether two lakes that took the same messages hold the same rows and heads."""

from __future__ import annotations

import json

import duckdb
import pyarrow as pa
from pyiceberg.catalog.sql import SqlCatalog

# When, by whom and how often something was made may differ, and so may what is sealed with a fresh
# nonce each time; its length may not.
TIMES = {"landed_at"}
SEALED = {"payload"}


def tables(catalog: SqlCatalog) -> list[str]:
    """All tables of a lake."""
    return sorted(
        ".".join(name) for space in catalog.list_namespaces() for name in catalog.list_tables(space)
    )


def head(catalog: SqlCatalog, table: str) -> dict:
    """A table's head without what depends on the clock."""
    return json.loads(catalog.load_table(table).properties["sluice.head"])


def rows(catalog: SqlCatalog, table: str) -> pa.Table:
    """A table's rows in a form that compares across runs."""
    found = catalog.load_table(table).scan().to_arrow()
    kept = [c for c in found.column_names if c not in TIMES]
    found = found.select(kept)
    for name in kept:
        if name in SEALED and len(found):
            lengths = pa.array([None if v is None else len(v) for v in found[name].to_pylist()])
            found = found.set_column(found.column_names.index(name), name, lengths)
    return found


def differences(one: SqlCatalog, other: SqlCatalog) -> tuple[list[str], dict[str, int]]:
    """What differs, and how many rows each table of the first lake has."""
    faults: list[str] = []
    counts: dict[str, int] = {}
    if tables(one) != tables(other):
        faults.append(f"tables: {tables(one)} and {tables(other)}")
    for table in tables(one):
        database = duckdb.connect()
        database.register("one", rows(one, table))
        database.register("other", rows(other, table))
        (counts[table],) = database.execute("SELECT count(*) FROM one").fetchone()
        for left, right in (("one", "other"), ("other", "one")):
            (count,) = database.execute(
                f"SELECT count(*) FROM (SELECT * FROM {left} EXCEPT ALL SELECT * FROM {right})"
            ).fetchone()
            if count:
                faults.append(f"{table}: {count} rows are in {left} only")
        if head(one, table) != head(other, table):
            faults.append(f"{table}: heads {head(one, table)} and {head(other, table)}")
    return faults, counts
