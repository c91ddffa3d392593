"""A stream of small batches, without upkeep and with it: files stay few, batches stay quick.

Only in `./sluice test --long`; SLUICE_STREAM_MINUTES says for how long (30).
"""

from __future__ import annotations

import os
import re
import signal
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from conftest import DETECTIONS, Small
from sluice_oracle import kafka
from verbs import LONGEST, Ended, Verbs, launch, until

pytestmark = pytest.mark.skipif(
    os.environ.get("SLUICE_TEST_LONG") != "1", reason="takes half an hour; ./sluice test --long"
)
MINUTES = float(os.environ.get("SLUICE_STREAM_MINUTES", "30"))
BATCH_SECONDS = 5
A_SECOND = 20
PARTITIONS = 4
DECLARED = 20
"""Small files that may stand before they are put together: the contracts' default."""
TOPIC = "city.video-detections.v1"
RAW = "city_raw.video_detections"
LANDED = re.compile(r"landed (\d+) in (\d+) ms")


@dataclass
class Stretch:
    """What was seen while messages came at a steady pace."""

    milliseconds: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    rows: int = 0


@dataclass
class Stream:
    """A running `land --every`, its input and what it says."""

    small: Small
    output: Path
    message: bytes
    sent: int = 0
    heard: int = 0

    def stretch(self, minutes: float, each_minute: Callable[[], None]) -> Stretch:
        """Send at a steady pace; look at files all the time and do something once a minute."""
        seen = Stretch()
        begin = time.monotonic()
        before, minute = self.sent, 1
        while (passed := time.monotonic() - begin) < minutes * 60:
            due = before + int(passed * A_SECOND)
            lane = int(passed) % PARTITIONS
            again = [self.message] * (due - self.sent)
            kafka.send(self.small.home.bootstrap(), TOPIC, lane, again)
            self.sent = due
            seen.files.append(self.files())
            if passed >= minute * 60:
                minute += 1
                each_minute()
            time.sleep(max(0.0, 1 - (time.monotonic() - begin - passed)))
        said = LANDED.findall(self.output.read_text())
        seen.milliseconds = [int(m) for _, m in said[self.heard :]]
        seen.rows = sum(int(rows) for rows, _ in said[self.heard :])
        self.heard = len(said)
        return seen

    def files(self) -> int:
        """Data files of raw, as PyIceberg counts them."""
        table = self.small.home.catalog().load_table(RAW)
        snapshot = table.current_snapshot()
        return int(snapshot.summary["total-data-files"]) if snapshot else 0


@pytest.fixture(scope="module")
def stream(small: Small, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stream]:
    output = tmp_path_factory.mktemp("stream") / "land.out"
    (message,) = small.take(1)
    kafka.make_topic(small.home.bootstrap(), TOPIC, PARTITIONS)
    kafka.send(small.home.bootstrap(), TOPIC, 0, [message])
    process = launch(small.folder, output, "land", DETECTIONS, "--every", str(BATCH_SECONDS))
    try:
        until(lambda: "landed" in output.read_text(), process, output, 0.3)
        yield Stream(small, output, message, heard=1)
        assert process.poll() is None, output.read_text()[-3000:]
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(LONGEST)


def test_files_stay_few_and_batches_quick_while_tables_are_kept_in_order(
    stream: Stream, capsys: pytest.CaptureFixture[str]
) -> None:
    without = stream.stretch(max(2, MINUTES / 6), lambda: None)
    with Verbs(stream.small.folder) as verbs:
        verbs.run("maintain", DETECTIONS).well()
        under_way: list[Callable[..., Ended]] = []

        def keep_in_order() -> None:
            while under_way:
                under_way.pop()().well()
            under_way.append(verbs.start("maintain", DETECTIONS))

        kept = stream.stretch(MINUTES, keep_in_order)
        under_way.pop()().well()

    a_minute = 60 / BATCH_SECONDS * PARTITIONS
    slower = statistics.median(kept.milliseconds) / statistics.median(without.milliseconds)
    with capsys.disabled():
        print(
            f"\n{MINUTES:.0f} minutes: {len(kept.milliseconds)} batches; files at most"
            f" {max(kept.files)}, without upkeep {max(without.files)} after"
            f" {len(without.milliseconds)} batches; a batch took"
            f" {statistics.median(without.milliseconds):.0f} ms without upkeep,"
            f" {slower:.2f} times that with it; rows a minute"
            f" {kept.rows / MINUTES:.0f} of {A_SECOND * 60} sent"
        )
    assert max(without.files) > 2 * DECLARED
    assert max(kept.files) <= DECLARED + 2 * a_minute
    assert min(kept.files[len(kept.files) // 2 :]) <= DECLARED
    assert kept.rows >= 0.95 * A_SECOND * 60 * MINUTES
