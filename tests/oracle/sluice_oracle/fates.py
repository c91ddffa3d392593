"""Every message once in raw; every raw row once in stage, or waiting for a reason.

Of a table whose retention is over for some rows, as many may be missing as it says.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa
from pyiceberg.catalog.sql import SqlCatalog

from .contracts import Contract
from .home import Home, rows_of
from .kafka import messages
from .retention import expired


@dataclass(frozen=True)
class Gone:
    """How many rows have left raw and stage by their age, and canaries among those of raw."""

    raw: int = 0
    stage: int = 0
    canaries: int = 0


NOTHING = Gone()


def landing_faults(home: Home, catalog: SqlCatalog, contract: Contract, tenant: str) -> list[str]:
    """What differs between the topic and raw: places, keys and bytes."""
    if contract.topic is None:
        return []
    topic = contract.topic.replace("${TENANT}", tenant)
    sent = {(m.partition, m.offset): m for m in messages(home.bootstrap(), topic)}
    truth = {place: (m.key, m.value) for place, m in sent.items()}
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
    gone = expired(catalog, f"{tenant}_raw.{contract.table}")
    missing = truth.keys() - seen.keys()
    old = {place for place in missing if gone.covers(sent[place].time)}
    if len(old) > gone.rows:
        faults.append(f"{contract.id}: {len(old) - gone.rows} messages left raw and did not expire")
    missing -= old
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


def fate_faults(home: Home, catalog: SqlCatalog, contract: Contract, tenant: str) -> list[str]:
    """What breaks "every raw row is in stage once, or else waits with a newest verdict".

    Canaries are no events: they end at promotion and have no fate.
    """
    tables = {
        "raw": f"{tenant}_raw.{contract.table}",
        "quarantine": f"{tenant}_quarantine.{contract.table}",
        "stage": f"{tenant}_stage.{contract.stage}",
    }
    found = {}
    for name, table in tables.items():
        rows = rows_of(catalog, table)
        if rows is None:
            return [f"{contract.id}: there is no table {table}"]
        found[name] = rows
    left = expired(catalog, tables["raw"]).rows
    gone = Gone(
        left,
        expired(catalog, tables["stage"]).rows,
        _expired_canaries(home, contract, tenant, found["raw"]) if left else 0,
    )
    return [f"{contract.id}: {fault}" for fault in faults_among(**found, gone=gone)]


def _expired_canaries(home: Home, contract: Contract, tenant: str, raw: pa.Table) -> int:
    """Canaries that were sent and are not in raw."""
    if contract.topic is None:
        return 0
    topic = contract.topic.replace("${TENANT}", tenant)
    lanes, sequences = (raw.column(c).to_pylist() for c in ("lane", "sequence"))
    seen = {(int(lane.rsplit("/", 1)[1]), at) for lane, at in zip(lanes, sequences, strict=True)}
    return sum(
        m.canary and (m.partition, m.offset) not in seen for m in messages(home.bootstrap(), topic)
    )


def faults_among(
    raw: pa.Table, quarantine: pa.Table, stage: pa.Table, gone: Gone = NOTHING
) -> list[str]:
    """The same for the rows of the three tables, as counts with their meaning.

    Quarantine keeps old verdicts on rows that a rewrite of the past has published since. So a place
    is published when stage has it; otherwise its newest verdict counts. Raw rows without a fate are
    those that expired from stage, as many as it says.
    """
    database = duckdb.connect()
    for name, rows, columns in (
        (
            "raw",
            raw,
            "lane, sequence, _edition AS edition, coalesce(lane NOT LIKE 'drop/%'"
            " AND headers[1].key = 'sluice-canary', false) AS canary",
        ),
        ("verdicts", quarantine, "* EXCLUDE (payload, _edition), _edition AS edition"),
        ("stage", stage, "_lane AS lane, _sequence AS sequence, _contract_version AS version"),
    ):
        database.register(f"{name}_rows", rows)
        database.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM {name}_rows")
    database.execute(
        "CREATE VIEW waiting AS SELECT lane, sequence, max_by(fate, edition) AS fate,"
        " max_by(duplicate_of_lane, edition) AS of_lane,"
        " max_by(duplicate_of_sequence, edition) AS of_sequence,"
        " count_if(fate = 'quarantined') > 0 AS has_waited FROM verdicts"
        " ANTI JOIN stage USING (lane, sequence) GROUP BY lane, sequence"
    )
    database.execute(
        "CREATE VIEW fates AS SELECT DISTINCT lane, sequence FROM stage"
        " UNION ALL SELECT lane, sequence FROM waiting"
    )
    database.execute(
        "CREATE VIEW unfated AS SELECT lane, sequence FROM raw WHERE NOT canary"
        " EXCEPT SELECT lane, sequence FROM fates"
    )
    kept = (
        "EXISTS (SELECT 1 FROM stage k WHERE k.lane = {0}.{1}lane AND k.sequence = {0}.{1}sequence)"
    )
    questions = {
        "raw rows without a fate": f"SELECT count(*) - {gone.stage} FROM unfated",
        "canaries with a fate": "SELECT count(*) FROM raw JOIN fates USING (lane, sequence)"
        " WHERE canary",
        "fates without a raw row": f"SELECT count(*) - {gone.raw} FROM fates ANTI JOIN raw"
        " USING (lane, sequence)",
        "places in stage more than once": "SELECT count(*) FROM (SELECT 1 FROM stage"
        " GROUP BY lane, sequence HAVING count(*) > 1)",
        "places with two verdicts of one edition": "SELECT count(*) FROM (SELECT 1 FROM verdicts"
        " GROUP BY lane, sequence, edition HAVING count(*) > 1)",
        "verdicts said twice": "SELECT count(*) FROM (SELECT 1 FROM verdicts GROUP BY lane,"
        " sequence, fate, reason, field, contract_version, duplicate_of_lane,"
        " duplicate_of_sequence HAVING count(*) > 1)",
        # a row is published after it was set aside by another version, or because what it
        # repeated is gone
        "places that one version both published and set aside": "SELECT count(*) FROM verdicts v"
        " JOIN stage s USING (lane, sequence) WHERE s.version = v.contract_version"
        " AND (v.fate = 'quarantined' OR " + kept.format("v", "duplicate_of_") + ")",
        "duplicates of a row that is not in stage": "SELECT count(*) FROM waiting w"
        " WHERE w.fate = 'duplicate' AND NOT " + kept.format("w", "of_") + _unless_it_expired(gone),
        # one that waited comes in when the other is there already
        "duplicates that came before what they duplicate": "SELECT count(*) FROM waiting w"
        " JOIN raw d USING (lane, sequence) JOIN raw o ON o.lane = w.of_lane"
        " AND o.sequence = w.of_sequence WHERE w.fate = 'duplicate' AND NOT w.has_waited"
        " AND (d.edition, d.lane, d.sequence) < (o.edition, o.lane, o.sequence)",
    }
    faults = []
    for meaning, question in questions.items():
        (count,) = database.execute(question).fetchone()
        if count > 0:
            faults.append(f"{count} {meaning}")
    return faults or _imbalance(database, gone)


def _unless_it_expired(gone: Gone) -> str:
    """What a duplicate repeats has left stage, and perhaps raw."""
    places = "(w.of_lane, w.of_sequence)"
    left = f" AND {places} NOT IN (SELECT (lane, sequence) FROM unfated)" if gone.stage else ""
    return left + (f" AND {places} IN (SELECT (lane, sequence) FROM raw)" if gone.raw else "")


def _imbalance(database: duckdb.DuckDBPyConnection, gone: Gone) -> list[str]:
    """Rows that came and rows that are somewhere or expired.

    A row that waited, was published and expired stands in quarantine still.
    """
    if not gone.raw and not gone.stage:
        return []
    came, placed, waited = database.execute(
        "SELECT (SELECT count(*) FROM raw WHERE NOT canary), (SELECT count(*) FROM fates),"
        " (SELECT count(*) FROM waiting WHERE has_waited)"
    ).fetchone()
    lost = came + gone.raw - gone.canaries - placed - gone.stage
    if lost > 0:
        return [f"{lost} rows neither stand nor expired"]
    return [f"{-lost} rows expired and stand"] if -lost > waited else []
