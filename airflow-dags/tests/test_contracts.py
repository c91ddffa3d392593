from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DAGS, ROOT

from sluice_airflow import contract_cache, contracts

SHIPPED = ROOT / "catalog" / "contracts"
IDS = {path.name.removesuffix(".odcs.yaml") for path in contracts.contract_files(SHIPPED)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in contracts.contract_files(SHIPPED):
        shutil.copy(path, tmp_path)
    return tmp_path


def test_locks_of_editors_are_passed_over(folder: Path) -> None:
    (folder / ".#flights.odcs.yaml").symlink_to("me@host.123")

    found = contracts.contract_files(folder)

    assert {path.name.removesuffix(".odcs.yaml") for path in found} == IDS


def test_what_scheduling_needs_is_read() -> None:
    found = contract_cache.read(SHIPPED)

    detections = next(each for each in found.contracts if each.id == "video-detections")
    assert found.faults == ()
    assert detections.owner == "city-sensing"
    assert detections.tenants == ("city",)
    assert detections.table == "video_detections"
    assert detections.schedule == "*/10 * * * *"
    assert detections.latency == "2 h"
    assert detections.products[0].name == "detections"
    assert detections.products[0].inputs == ("video_detections", "locations")
    assert all(product.exported for product in detections.products)


def test_a_broken_contract_is_named_and_takes_no_other_with_it(folder: Path) -> None:
    (folder / "broken.odcs.yaml").write_text("id: broken\nschema: [")
    (folder / "empty.odcs.yaml").write_text("id: empty")

    found = contract_cache.read(folder)

    assert {each.id for each in found.contracts} == IDS
    assert [fault.split()[0] for fault in found.faults] == ["broken.odcs.yaml", "empty.odcs.yaml"]
    assert all("contracts lint" in fault for fault in found.faults)


@pytest.mark.parametrize(
    "good, bad",
    [
        ("id: flights", "id: 'flights; rm'"),
        ("value: [airports]", "value: ['air ports']"),
        ('schedule: "*/10 * * * *"', "schedule: hourly"),
        ("scheduler: cron", "scheduler: luigi"),
    ],
)
def test_names_and_schedules_are_checked_before_they_reach_a_command(
    folder: Path, good: str, bad: str
) -> None:
    path = folder / "flights.odcs.yaml"
    text = path.read_text()
    assert good in text
    path.write_text(text.replace(good, bad, 1))

    with pytest.raises(contracts.ContractUnreadable, match=r"flights\.odcs\.yaml"):
        contracts.parse(path)


def test_a_second_reading_parses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = folder / "cache.json"
    first = contract_cache.read(folder, cache)
    monkeypatch.setattr(contracts, "parse", lambda path: pytest.fail(f"{path} was parsed again"))

    assert contract_cache.read(folder, cache) == first


def test_a_changed_contract_is_read_again(folder: Path) -> None:
    cache = folder / "cache.json"
    before = {each.owner for each in contract_cache.read(folder, cache).contracts}
    path = folder / "flights.odcs.yaml"
    path.write_text(path.read_text().replace("name: airport-statistics", "name: air-traffic-team"))
    os.utime(path, ns=(1, 1))

    owners = {each.owner for each in contract_cache.read(folder, cache).contracts}

    assert owners == before - {"airport-statistics"} | {"air-traffic-team"}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"reader": "another", "contracts": {"a": 1}}'])
def test_a_damaged_cache_costs_nothing_but_time(folder: Path, content: str) -> None:
    cache = folder / "cache.json"
    cache.write_text(content)

    assert len(contract_cache.read(folder, cache).contracts) == len(IDS)
    assert len(json.loads(cache.read_text())["contracts"]) == len(IDS)


def test_reading_contracts_needs_no_airflow() -> None:
    code = (
        "import sys; import sluice_airflow.contract_cache, sluice_airflow.job_process, "
        "sluice_airflow.job_report; sys.exit('airflow' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], cwd=DAGS).returncode == 0
