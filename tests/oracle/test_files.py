"""Flights dropped as CSV, judged by DuckDB over that CSV."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from confluent_kafka.admin import AdminClient, NewTopic

from conftest import CONTRACTS, must, sluice
from sluice_oracle.contracts import read
from sluice_oracle.home import Home, rows_of
from sluice_oracle.products import allowed_to_leave, difference, multiset, over

WHOLE = os.environ.get("SLUICE_TEST_LONG") == "1"
CONTRACT = read(CONTRACTS / "flights.odcs.yaml")
FLIGHTS = 336_776 if WHOLE else 27_004


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home whose drop folder holds the flights as CSV; one month unless the test is long."""
    folder = tmp_path_factory.mktemp("files") / "lakehouse"
    drop = folder / "drop" / "airports" / "flights"
    drop.mkdir(parents=True)
    bring = [sys.executable, str(CONTRACTS / "samples" / "bring_flights.py"), "--csv"]
    if not WHOLE:
        bring += ["--month", "1"]
    cache = Path(os.environ.get("SLUICE_TEST_CACHE", tmp_path_factory.mktemp("package")))
    subprocess.run([*bring, "--into", str(cache)], check=True)
    (drop / "flights.csv").write_bytes((cache / "flights.csv").read_bytes())
    try:
        must(sluice(folder, "up"))
        admin = AdminClient({"bootstrap.servers": Home(folder).bootstrap()})
        for made in admin.create_topics([NewTopic("airports.flights.v1", 1)]).values():
            made.result(30)
        must(sluice(folder, "run", "flights"))
        yield Home(folder)
    finally:
        sluice(folder, "down")


@pytest.fixture(scope="module")
def original(home: Home) -> duckdb.DuckDBPyConnection:
    """DuckDB over the CSV itself; a plane's token stands for its number one to one."""
    database = duckdb.connect()
    file = home.folder / "drop" / "airports" / "flights" / "flights.csv"
    database.execute(
        "CREATE VIEW flights AS SELECT *, tailnum AS tail_token FROM read_csv("
        f"'{file}', header = true, nullstr = 'NA', sample_size = -1)"
    )
    return database


def test_every_record_is_in_raw_and_in_stage(home: Home) -> None:
    step = {s["step"]: s for s in home.report()["steps"]}
    raw = rows_of(home.catalog(), "airports_raw.flights")
    stage = rows_of(home.catalog(), "airports_stage.flights")

    assert step["land-files"]["published"] == FLIGHTS
    assert raw is not None
    assert raw.num_rows == FLIGHTS
    file = home.folder / "drop" / "airports" / "flights" / "flights.csv"
    records = sorted(zip(raw["sequence"].to_pylist(), raw["value"].to_pylist(), strict=True))
    assert [r[0] for r in records] == list(range(1, FLIGHTS + 1))
    assert b"\n".join(r[1] for r in records) == file.read_bytes().split(b"\n", 1)[1].rstrip()
    assert stage is not None
    assert stage.num_rows == FLIGHTS


@pytest.mark.parametrize("product", CONTRACT.products, ids=lambda p: p.name)
def test_product_and_export_are_those_of_the_original_csv(
    home: Home,
    original: duckdb.DuckDBPyConnection,
    product,  # noqa: ANN001
) -> None:
    expected = over(original, product)
    refined = rows_of(home.catalog(), f"airports_refined.{product.name}")
    client = home.bigquery()
    columns = product.export["columns"]
    exported = client.list_rows(
        client.get_table(f"{client.project}.airports_refined.{product.name}")
    ).to_arrow()

    assert refined is not None
    assert expected.num_rows > 30
    assert (
        difference(
            product.name, multiset(expected, product.columns), multiset(refined, product.columns)
        )
        == []
    )
    leaving = multiset(allowed_to_leave(expected, product), columns)
    assert difference(product.name, leaving, multiset(exported, columns)) == []


def test_landing_the_same_again_does_nothing(home: Home) -> None:
    file = home.folder / "drop" / "airports" / "flights" / "flights.csv"
    (file.parent / "renamed.csv").write_bytes(file.read_bytes())

    result = must(sluice(home.folder, "run", "flights"))

    assert "nothing to do" in result.stdout.lower()
    raw = rows_of(home.catalog(), "airports_raw.flights")
    assert raw is not None
    assert raw.num_rows == FLIGHTS
