"""Makes up reports of camera outages for the hours of the demo's detections."""

from __future__ import annotations

import argparse
import gzip
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

UNTIL = datetime(2026, 11, 1, tzinfo=UTC)
"""Generated detections end here."""


def reports(count: int, seed: int) -> list[dict[str, int | str]]:
    """Make reports in the order in which they are sent; some are late, some come twice."""
    chance = random.Random(seed)
    sent = []
    for number in range(1, count + 1):
        hour = UNTIL - timedelta(hours=chance.randint(1, 50))
        minute = chance.randint(0, 59)
        report = {
            "report": number,
            "camera": 100 + chance.randint(1, 60),
            "since": int((hour + timedelta(minutes=minute)).timestamp() * 1000),
            "dark_minutes": chance.randint(1, 60 - minute),
            "technician": f"technician{chance.randint(1, 40):02d}@repairs.example",
        }
        delay = timedelta(hours=chance.choice([0, 0, 0, 1, 24]))
        sent.append((hour + delay, number, report))
        if chance.random() < 0.02:
            sent.append((hour + delay + timedelta(minutes=1), number, report))
    return [report for _, _, report in sorted(sent, key=lambda s: s[:2])]


def main() -> None:
    """Write the sample; the same bytes for the same seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=600, help="reports, without those sent twice")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--into", type=Path, default=Path("target"))
    chosen = parser.parse_args()
    chosen.into.mkdir(parents=True, exist_ok=True)
    rows = reports(chosen.rows, chosen.seed)
    text = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows)
    target = chosen.into / "camera-outages.jsonl.gz"
    target.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{len(rows)} messages in {target} ({target.stat().st_size} bytes)")


if __name__ == "__main__":
    main()
