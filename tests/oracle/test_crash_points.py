"""kill -9 at every named point of a run; the rerun must leave each message with one fate.

One home serves the whole campaign, so every point is judged on top of what the points before it
left. A process completes the run that was killed before it, waits until the oracle has judged, and
then is the one killed at the next point.
"""

from __future__ import annotations

from collections.abc import Iterator

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
ROWS = 1_500


class Campaign:
    """The small lake and the process that is killed next."""

    def __init__(self, small: Small) -> None:
        self.home = small.home
        self.sent = 0
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
        self._verbs.kill_at(point, "run", DETECTIONS)
        self._verbs = Verbs(self._small.folder)

    def run(self) -> None:
        """A run to its end."""
        self._verbs.run("run", DETECTIONS).well()

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

    assert faults(campaign.home, CONTRACTS, [DETECTIONS]) == []
    assert rows_of(campaign.home.catalog(), RAW).num_rows >= campaign.sent
