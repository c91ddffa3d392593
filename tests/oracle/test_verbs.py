"""Verbs that meet trouble: lost messages, signals, Ctrl-C; by the command line, for real."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from pyiceberg.catalog.sql import SqlCatalog
from sqlalchemy.exc import ProgrammingError

from conftest import CONTRACTS, DETECTIONS, Small
from sluice_oracle import kafka
from sluice_oracle.__main__ import faults
from sluice_oracle.home import Home, rows_of
from verbs import LONGEST, Verbs, launch, until

FLIGHTS = "airports.flights.v1"
RAW_FLIGHTS = "airports_raw.flights"
CITY = "city.video-detections.v1"
RAW_CITY = "city_raw.video_detections"
ENOUGH_TO_EXPORT = 1_500
REASON = "retention passed during the outage"


@pytest.fixture(scope="module")
def verbs(small: Small) -> Iterator[Verbs]:
    with Verbs(small.folder) as verbs:
        yield verbs


@pytest.fixture(scope="module")
def catalog(small: Small) -> SqlCatalog:
    return small.home.catalog()


@pytest.fixture
def bootstrap(small: Small) -> str:
    kafka.make_topic(small.home.bootstrap(), CITY, 4)
    return small.home.bootstrap()


def landed(catalog: SqlCatalog, table: str) -> list[tuple[str, int]]:
    """Lane and sequence of every raw row, in order."""
    try:
        rows = rows_of(catalog, table)
    except ProgrammingError:  # nothing has opened the catalog yet
        return []
    if rows is None:
        return []
    lanes, sequences = (rows.column(c).to_pylist() for c in ("lane", "sequence"))
    return sorted(zip(lanes, sequences, strict=True))


def audit(home: Home) -> list[tuple[str, str, str]]:
    """Act, subject and detail of every audit entry."""
    postgres = home.services()["postgres"]
    host, port = postgres["url"].removeprefix("jdbc:postgresql://").split("/")[0].split(":")
    password = Path(postgres["passwordRef"].split(":", 1)[1]).read_text().strip()
    with (
        psycopg2.connect(
            host=host, port=port, dbname="sluice", user=postgres["user"], password=password
        ) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT act, subject, detail FROM sluice.audit ORDER BY id")
        return cursor.fetchall()


def test_lost_messages_stop_landing_until_their_loss_is_accepted(
    small: Small, catalog: SqlCatalog, verbs: Verbs, bootstrap: str
) -> None:
    kafka.make_topic(bootstrap, FLIGHTS, 1)
    kafka.send(bootstrap, FLIGHTS, 0, [b"first"] * 50)
    verbs.run("land", "flights").well()
    kafka.send(bootstrap, FLIGHTS, 0, [b"second"] * 60)
    kafka.delete_before(bootstrap, FLIGHTS, 0, 70)
    gone = "offsets 50 to 69 are gone (20 of them)"

    stopped = verbs.run("land", "flights").with_code(74)
    assert gone in stopped.output
    assert "accept-loss" in stopped.output
    assert gone in verbs.run("accept-loss", "flights", "--dry-run").well().output
    verbs.run("accept-loss", "flights").with_code(64)
    assert audit(small.home) == []
    verbs.run("land", "flights").with_code(74)
    assert len(landed(catalog, RAW_FLIGHTS)) == 50

    verbs.run("accept-loss", "flights", "--reason", REASON).well()
    verbs.run("land", "flights").well()

    sequences = [sequence for _, sequence in landed(catalog, RAW_FLIGHTS)]
    assert sequences == [*range(50), *range(70, 110)]
    ((act, subject, detail),) = audit(small.home)
    assert (act, subject) == ("accept-loss", RAW_FLIGHTS)
    assert REASON in detail
    assert gone in detail


def test_a_topic_made_anew_stops_landing_until_its_loss_is_accepted(
    small: Small, catalog: SqlCatalog, verbs: Verbs, bootstrap: str
) -> None:
    before = landed(catalog, RAW_FLIGHTS)
    kafka.remove_topic(bootstrap, FLIGHTS)
    kafka.make_topic(bootstrap, FLIGHTS, 1)
    kafka.send(bootstrap, FLIGHTS, 0, [b"third"] * 5)

    stopped = verbs.run("land", "flights").with_code(74)
    assert "the topic of that name now has id" in stopped.output
    assert landed(catalog, RAW_FLIGHTS) == before
    verbs.run("accept-loss", "flights", "--reason", REASON).well()
    verbs.run("land", "flights").well()

    new = sorted(set(landed(catalog, RAW_FLIGHTS)) - set(before))
    assert [sequence for _, sequence in new] == [*range(5)]
    assert not {lane for lane, _ in new} & {lane for lane, _ in before}


@pytest.mark.parametrize(
    ("ask", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"]
)
def test_continuous_landing_ends_when_asked_and_the_next_goes_on(
    small: Small,
    catalog: SqlCatalog,
    bootstrap: str,
    tmp_path: Path,
    ask: signal.Signals,
    code: int,
) -> None:
    output = tmp_path / "land.out"
    before = len(landed(catalog, RAW_CITY))
    kafka.send(bootstrap, CITY, 1, small.take(40))

    process = launch(small.folder, output, "land", DETECTIONS, "--every", "2")
    try:
        until(lambda: len(landed(catalog, RAW_CITY)) == before + 40, process, output, 0.3)
        kafka.send(bootstrap, CITY, 2, small.take(7))
        until(lambda: len(landed(catalog, RAW_CITY)) == before + 47, process, output, 0.3)
        os.killpg(process.pid, ask)

        assert process.wait(LONGEST) == code, output.read_text()
    finally:
        _kill(process)
    places = landed(catalog, RAW_CITY)
    assert len(places) == len(set(places)) == before + 47
    assert "goes on where this one stopped" in output.read_text()


def test_ctrl_c_ends_a_run_in_the_middle_and_the_next_completes_it(
    small: Small, verbs: Verbs, bootstrap: str, tmp_path: Path
) -> None:
    output, reached = tmp_path / "run.out", tmp_path / "reached"
    kafka.send(bootstrap, CITY, 3, small.take(ENOUGH_TO_EXPORT))
    services = _processes_of(small.folder)

    pause = f"-Dsluice.test.pauseAt=stage-publish.before -Dsluice.test.reached={reached}"
    process = launch(small.folder, output, "run", DETECTIONS, options=pause)
    try:
        until(reached.exists, process, output)
        os.killpg(process.pid, signal.SIGINT)

        assert process.wait(LONGEST) == 130, output.read_text()
    finally:
        _kill(process)
    _until_none(lambda: _processes_of(small.folder) - services)
    verbs.run("run", DETECTIONS).well()
    assert faults(small.home, CONTRACTS, [DETECTIONS]) == []


def test_ctrl_c_ends_a_demo_and_leaves_no_process_behind(tmp_path: Path) -> None:
    home, output = tmp_path / "lakehouse", tmp_path / "demo.out"

    process = launch(home, output, "demo", "--rows", "5000")
    try:
        until(lambda: "starting Spark" in output.read_text(), process, output)
        assert len(_processes_of(home)) > 3
        os.killpg(process.pid, signal.SIGINT)

        assert process.wait(LONGEST) == 130, output.read_text()
        _until_none(lambda: _processes_of(home))
    finally:
        _kill(process)


def _until_none(remaining: Callable[[], set[int]]) -> None:
    """A process that is just being reaped, or just forked by Postgres, may be seen once more."""
    end = time.monotonic() + 10
    while left := remaining():
        assert time.monotonic() < end, f"still there: {left}"
        time.sleep(0.1)


def _processes_of(home: Path) -> set[int]:
    """Ids of all processes whose command line names the home."""
    found = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            line = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if str(home).encode() in line:
            found.add(int(entry.name))
    return found


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
