"""Every message once in raw; every raw row with exactly one fate."""

from __future__ import annotations

import duckdb
from pyiceberg.catalog.sql import SqlCatalog

from .contracts import Contract
from .home import Home, rows_of
from .kafka import messages


def landing_faults(home: Home, catalog: SqlCatalog, contract: Contract, tenant: str) -> list[str]:
    """What differs between the topic and raw: places, keys and bytes."""
    if contract.topic is None:
        return []
    topic = contract.topic.replace("${TENANT}", tenant)
    truth = {(m.partition, m.offset): (m.key, m.value) for m in messages(home.bootstrap(), topic)}
    raw = rows_of(catalog, f"{tenant}_raw.{contract.table}")
    if raw is None:
        return [f"{contract.id}: no raw table for {len(truth)} messages"] if truth else []
    faults: list[str] = []
    seen: dict[tuple[int, int], tuple[bytes | None, bytes | None]] = {}
    columns = (raw.column(c).to_pylist() for c in ("lane", "sequence", "key", "value"))
    for lane, sequence, key, value in zip(*columns, strict=True):
        topic_part, partition = lane.rsplit("/", 1)
        if f"/{topic}@" not in topic_part:
            faults.append(f"{contract.id}: raw row on a lane of another topic: {lane}")
        place = (int(partition), sequence)
        if place in seen:
            faults.append(f"{contract.id}: {place} is in raw twice")
        seen[place] = (key, value)
    missing = truth.keys() - seen.keys()
    invented = seen.keys() - truth.keys()
    if missing:
        faults.append(
            f"{contract.id}: {len(missing)} messages are not in raw: {sorted(missing)[:5]}"
        )
    if invented:
        faults.append(f"{contract.id}: {len(invented)} raw rows were never sent")
    changed = [p for p in truth.keys() & seen.keys() if truth[p] != seen[p]]
    if changed:
        faults.append(f"{contract.id}: bytes of {len(changed)} messages changed: {changed[:5]}")
    return faults


def fate_faults(catalog: SqlCatalog, contract: Contract, tenant: str) -> list[str]:
    """What breaks "stage and quarantine together are raw, without overlap"."""
    database = duckdb.connect()
    tables = {
        "raw": (f"{tenant}_raw.{contract.table}", "lane, sequence, _edition"),
        "quarantine": (
            f"{tenant}_quarantine.{contract.table}",
            "lane, sequence, fate, duplicate_of_lane, duplicate_of_sequence",
        ),
        "stage": (f"{tenant}_stage.{contract.stage}", "* "),
    }
    for name, (table, columns) in tables.items():
        rows = rows_of(catalog, table)
        if rows is None:
            return [f"{contract.id}: there is no table {table}"]
        database.register(f"{name}_rows", rows)
        database.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM {name}_rows")
    database.execute(
        "CREATE TABLE fates AS SELECT _lane AS lane, _sequence AS sequence, 'published' AS fate"
        " FROM stage UNION ALL SELECT lane, sequence, fate FROM quarantine"
    )
    questions = {
        "raw rows without a fate": "SELECT count(*) FROM raw ANTI JOIN fates"
        " USING (lane, sequence)",
        "fates without a raw row": "SELECT count(*) FROM fates ANTI JOIN raw"
        " USING (lane, sequence)",
        "places with more than one fate": "SELECT count(*) FROM (SELECT 1 FROM fates"
        " GROUP BY lane, sequence HAVING count(*) > 1)",
        "duplicates of a row that is not in stage": "SELECT count(*) FROM quarantine q WHERE"
        " q.fate = 'duplicate' AND NOT EXISTS (SELECT 1 FROM stage s WHERE"
        " s._lane = q.duplicate_of_lane AND s._sequence = q.duplicate_of_sequence)",
        "duplicates that came before what they duplicate": "SELECT count(*) FROM quarantine q"
        " JOIN raw d USING (lane, sequence) JOIN raw o ON o.lane = q.duplicate_of_lane"
        " AND o.sequence = q.duplicate_of_sequence WHERE q.fate = 'duplicate'"
        " AND (d._edition, d.lane, d.sequence) < (o._edition, o.lane, o.sequence)",
    }
    faults = []
    for meaning, question in questions.items():
        (count,) = database.execute(question).fetchone()
        if count:
            faults.append(f"{contract.id}: {count} {meaning}")
    return faults
