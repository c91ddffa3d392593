"""Whether the oracle tells a past that was rewritten from one that was damaged."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from sluice_oracle.contracts import Product
from sluice_oracle.fates import NOTHING, Gone, faults_among
from sluice_oracle.products import as_promised
from sluice_oracle.retention import Expired

LANE = "local/t@1/0"
HEADERS = pa.list_(pa.struct([("key", pa.string()), ("value", pa.binary())]))
RAW = pa.schema(
    [
        ("lane", pa.string()),
        ("sequence", pa.int64()),
        ("_edition", pa.int64()),
        ("headers", HEADERS),
    ]
)
CANARY = [{"key": "sluice-canary", "value": b"c1"}]
STAGE = pa.schema(
    [("_lane", pa.string()), ("_sequence", pa.int64()), ("_contract_version", pa.string())]
)
QUARANTINE = pa.schema(
    [
        ("lane", pa.string()),
        ("sequence", pa.int64()),
        ("fate", pa.string()),
        ("reason", pa.string()),
        ("field", pa.string()),
        ("contract_version", pa.string()),
        ("duplicate_of_lane", pa.string()),
        ("duplicate_of_sequence", pa.int64()),
        ("payload", pa.binary()),
        ("_edition", pa.int64()),
    ]
)


def _rows(schema: pa.Schema, rows: list[tuple]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema)


def _waits(sequence: int, version: str, edition: int, reason: str = "OUT_OF_RANGE") -> tuple:
    return (LANE, sequence, "quarantined", reason, None, version, None, None, b"", edition)


def _repeats(sequence: int, of: int, version: str, edition: int) -> tuple:
    return (LANE, sequence, "duplicate", "SAME_EVENT", None, version, LANE, of, None, edition)


def _found(
    stage: list[tuple[int, str]],
    quarantine: list[tuple],
    raw: int | range,
    canary: int = -1,
    gone: Gone = NOTHING,
) -> list[str]:
    places = range(raw) if isinstance(raw, int) else raw
    return faults_among(
        _rows(RAW, [(LANE, n, 1, CANARY if n == canary else None) for n in places]),
        _rows(QUARANTINE, quarantine),
        _rows(STAGE, [(LANE, n, version) for n, version in stage]),
        gone,
    )


REWRITTEN = {
    "replayed": ([(0, "1.0.0"), (1, "1.1.0")], [_waits(1, "1.0.0", 1)]),
    "failed twice": ([(0, "1.0.0")], [_waits(1, "1.0.0", 1), _waits(1, "1.1.0", 2)]),
    "replayed as a duplicate of a later row": (
        [(1, "1.0.0")],
        [_waits(0, "1.0.0", 1), _repeats(0, 1, "1.1.0", 2)],
    ),
    "came in before the row that repeats it": (
        [(0, "1.1.0")],
        [_waits(0, "1.0.0", 1), _repeats(1, 0, "1.1.0", 2)],
    ),
    "came in after it was told a duplicate by the same version": (
        [(0, "1.1.0")],
        [_waits(0, "1.0.0", 1), _repeats(0, 1, "1.1.0", 2), _repeats(1, 0, "1.1.0", 3)],
    ),
    "took the place of a row that fails today": (
        [(1, "1.1.0")],
        [_repeats(1, 0, "1.0.0", 1), _waits(0, "1.1.0", 2)],
    ),
    "killed between the two commits": ([(0, "1.0.0"), (1, "1.0.0")], [_waits(1, "1.1.0", 2)]),
}


@pytest.mark.parametrize("history", REWRITTEN)
def test_a_past_that_was_rewritten_is_no_fault(history: str) -> None:
    stage, quarantine = REWRITTEN[history]

    assert _found(stage, quarantine, 2) == []


def test_a_canary_has_no_fate() -> None:
    assert _found([(0, "1.0.0")], [], 2, canary=1) == []
    assert _found([(0, "1.0.0")], [], 2, canary=0) == [
        "1 raw rows without a fate",
        "1 canaries with a fate",
    ]


DAMAGED = {
    "1 places in stage more than once": (
        [(0, "1.0.0"), (1, "1.1.0"), (1, "1.1.0")],
        [_waits(1, "1.0.0", 1)],
    ),
    "1 raw rows without a fate": ([(0, "1.0.0")], []),
    "1 fates without a raw row": ([(0, "1.0.0"), (1, "1.0.0"), (2, "1.0.0")], []),
    "1 places that one version both published and set aside": (
        [(0, "1.0.0"), (1, "1.0.0")],
        [_waits(1, "1.0.0", 1)],
    ),
    "1 duplicates of a row that is not in stage": (
        [],
        [_waits(0, "1.0.0", 1), _repeats(1, 0, "1.0.0", 1)],
    ),
    "1 duplicates that came before what they duplicate": (
        [(1, "1.0.0")],
        [_repeats(0, 1, "1.0.0", 1)],
    ),
    "1 verdicts said twice": ([(0, "1.0.0")], [_waits(1, "1.0.0", 1), _waits(1, "1.0.0", 2)]),
    "1 places with two verdicts of one edition": (
        [(0, "1.0.0")],
        [_waits(1, "1.0.0", 1), _waits(1, "1.0.0", 1, reason="NOT_JSON")],
    ),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_each_damage_is_seen(damage: str) -> None:
    stage, quarantine = DAMAGED[damage]

    assert _found(stage, quarantine, 2) == [damage]


def test_a_published_duplicate_of_a_row_that_stands_is_seen() -> None:
    found = _found([(0, "1.0.0"), (1, "1.0.0")], [_repeats(1, 0, "1.0.0", 1)], 2)

    assert found == ["1 places that one version both published and set aside"]


AGED = {
    "stage rows expired": ([(2, "1.0.0")], [], range(3), Gone(stage=2)),
    "raw rows expired": ([(0, "1.0.0"), (1, "1.0.0")], [], range(1, 2), Gone(raw=1)),
    "both expired": ([(3, "1.0.0")], [_waits(0, "1.0.0", 1)], range(2, 4), Gone(raw=2, stage=2)),
    "a repetition outlived its row": (
        [(2, "1.0.0")],
        [_repeats(1, 0, "1.0.0", 1)],
        range(3),
        Gone(stage=1),
    ),
    "a repetition outlived its row in raw too": (
        [(2, "1.0.0")],
        [_repeats(1, 0, "1.0.0", 1)],
        range(1, 3),
        Gone(raw=1, stage=1),
    ),
    "a row waited, was published and expired": (
        [(1, "1.1.0")],
        [_waits(0, "1.0.0", 1)],
        range(2),
        Gone(stage=1),
    ),
    "a canary expired": ([(1, "1.0.0")], [], range(1, 2), Gone(raw=1, canaries=1)),
}


@pytest.mark.parametrize("history", AGED)
def test_what_expired_is_no_fault(history: str) -> None:
    stage, quarantine, raw, gone = AGED[history]

    assert _found(stage, quarantine, raw, gone=gone) == []


LOST = {
    "1 raw rows without a fate": ([(2, "1.0.0")], [], range(4), Gone(stage=2)),
    "1 fates without a raw row": ([(0, "1.0.0"), (1, "1.0.0")], [], range(2, 2), Gone(raw=1)),
    "1 rows neither stand nor expired": ([(3, "1.0.0")], [], range(2, 4), Gone(raw=2, stage=2)),
    "1 rows expired and stand": ([(1, "1.0.0"), (2, "1.0.0")], [], range(3), Gone(stage=2)),
    "1 duplicates of a row that is not in stage": (
        [(2, "1.0.0")],
        [_waits(0, "1.0.0", 1), _repeats(1, 0, "1.0.0", 1)],
        range(4),
        Gone(stage=1),
    ),
}


@pytest.mark.parametrize("damage", LOST)
def test_what_is_lost_is_told_from_what_expired(damage: str) -> None:
    stage, quarantine, raw, gone = LOST[damage]

    assert _found(stage, quarantine, raw, gone=gone) == [damage]


def test_of_a_product_only_what_is_open_is_computed_again() -> None:
    days = [date(2026, 3, day) for day in range(1, 5)]
    product = Product("p", "", {}, ["t"], "day", ["day", "readings"], None)
    standing = pa.table({"day": days[:3], "readings": [10, 20, 30], "_edition": [1, 1, 1]})
    recomputed = pa.table({"day": days, "readings": [1, 2, 3, 4]})
    gone = Expired(10, datetime(2026, 3, 2, tzinfo=UTC))

    promised = as_promised(recomputed, standing, product, frozenset({"2026-03-02"}), gone)

    assert sorted(promised["day"].to_pylist()) == days[1:]
    assert sorted(promised["readings"].to_pylist()) == [3, 4, 20]
