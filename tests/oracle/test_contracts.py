"""The declared lakehouse judged by a reader that is not ours; needs no services."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from conftest import CONTRACTS
from sluice_oracle.contracts import read_all

FLIGHTS = CONTRACTS / "samples" / "flights.jsonl.gz"


@pytest.mark.parametrize("contract", read_all(CONTRACTS), ids=lambda c: c.id)
def test_datacontract_cli_finds_nothing_wrong_with_the_file(contract) -> None:  # noqa: ANN001
    command = Path(sys.executable).parent / "datacontract"
    result = subprocess.run(
        [str(command), "lint", str(CONTRACTS / f"{contract.id}.odcs.yaml")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout + result.stderr


def test_sample_of_flights_is_a_whole_month_with_unique_keys() -> None:
    flights = next(c for c in read_all(CONTRACTS) if c.id == "flights")
    keys = ", ".join(flights.key)

    rows, distinct, days = duckdb.sql(
        f"SELECT count(*), count(DISTINCT ({keys})), count(DISTINCT (year, month, day))"
        f" FROM read_json('{FLIGHTS}', format='newline_delimited')"
    ).fetchone()

    assert (rows, distinct, days) == (27_004, 27_004, 31)
    assert FLIGHTS.stat().st_size <= 1_000_000
