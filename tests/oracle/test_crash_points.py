"""kill -9 at every named point of a run; the rerun must leave each message with one fate.

One home serves the whole campaign, so every point is judged on top of what the points before it
left. A process completes the run that was killed before it, waits until the oracle has judged, and
then is the one killed at the next point. Every point lies in the steps of one product, so the
contract has only the one of single rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import CONTRACTS, DETECTIONS, Small
from sluice_oracle.__main__ import faults
from sluice_oracle.home import rows_of
from verbs import Verbs

POINTS = [
    f"{act}.{when}"
    for act in (
        "raw-commit",
        "quarantine-publish",
        "stage-publish",
        "refined-publish",
        "export-load",
        "export-swap",
    )
    for when in ("before", "after")
]
RAW = "city_raw.video_detections"
TABLES = {"video_detections", "locations", "detections"}
ROWS = 1_500


def contract_of_one_product(folder: Path) -> Path:
    """A folder with the contract of detections and of its tables only these."""
    text = (CONTRACTS / f"{DETECTIONS}.odcs.yaml").read_text()
    promises, tables = re.split(r"(?<=^schema:\n)", text, flags=re.M)
    kept = [
        *(line for line in promises.splitlines(True) if told(line, r"element: (\w+)", "raw")),
        *(table for table in re.split(r"^(?=  - name: )", tables, flags=re.M) if told(table)),
    ]
    (folder / "sql").mkdir(parents=True)
    (folder / "sql" / "detections.sql").write_text(
        (CONTRACTS / "sql" / "detections.sql").read_text()
    )
    (folder / f"{DETECTIONS}.odcs.yaml").write_text("".join(kept))
    return folder


def told(part: str, name: str = r"- name: (\w+)", *more: str) -> bool:
    """Whether a part of the contract is about one of the tables, or about none."""
    found = re.search(name, part)
    return found is None or found[1] in {*TABLES, *more}


class Campaign:
    """The small lake and the process that is killed next."""

    def __init__(self, small: Small) -> None:
        self.home = small.home
        self.sent = 0
        self.contracts = contract_of_one_product(self.home.folder / "one-product")
        self._config = self.home.folder / "one-product.yaml"
        self._config.write_text(
            "".join(
                f"contracts: '{self.contracts}'\n" if line.startswith("contracts:") else line
                for line in (self.home.folder / "sluice.yaml").open()
            )
        )
        self._small = small
        self._verbs = Verbs(small.folder)

    def send(self, rows: int) -> None:
        """The next messages go to the topic."""
        batch = self.home.folder / "batch.jsonl"
        batch.write_bytes(b"\n".join(self._small.take(rows)) + b"\n")
        self._verbs.run("produce", DETECTIONS, str(batch)).well()
        self.sent += rows

    def kill_run_at(self, point: str) -> None:
        """A run is killed at the point and a new process takes the killed one's place."""
        self._verbs.kill_at(point, *self._run())
        self._verbs = Verbs(self._small.folder)

    def run(self) -> None:
        """A run to its end."""
        self._verbs.run(*self._run()).well()

    def _run(self) -> list[str]:
        return ["run", DETECTIONS, "--config", str(self._config)]

    def end(self) -> None:
        """Closes the last process."""
        self._verbs.close()


@pytest.fixture(scope="module")
def campaign(small: Small) -> Iterator[Campaign]:
    campaign = Campaign(small)
    yield campaign
    campaign.end()


@pytest.mark.parametrize("point", POINTS)
def test_killed_run_is_completed_by_the_next(campaign: Campaign, point: str) -> None:
    campaign.send(ROWS)

    campaign.kill_run_at(point)
    campaign.run()

    assert faults(campaign.home, campaign.contracts, [DETECTIONS]) == []
    assert rows_of(campaign.home.catalog(), RAW).num_rows >= campaign.sent
