"""Whether the oracle tells a past that was rewritten from one that was damaged."""

from __future__ import annotations

import pyarrow as pa
import pytest

from sluice_oracle.fates import faults_among

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
    stage: list[tuple[int, str]], quarantine: list[tuple], raw: int, canary: int = -1
) -> list[str]:
    return faults_among(
        _rows(RAW, [(LANE, n, 1, CANARY if n == canary else None) for n in range(raw)]),
        _rows(QUARANTINE, quarantine),
        _rows(STAGE, [(LANE, n, version) for n, version in stage]),
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
