"""How much faster two executors of one core promote than one, on this machine.

The same messages are landed in two lakes; each is promoted once, by an application of one core and
by one of two. `python -m sluice_oracle.speed --size 1000000`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from .cluster import Cluster, Lake
from .home import Home
from .processes import ROOT
from .production import BUCKET

DATA_SET = "video-detections"


def run(*words: object, env: dict[str, str] | None = None) -> None:
    """Run the launcher; fail with what it said."""
    result = subprocess.run(
        [ROOT / "sluice", *map(str, words)], env=env, capture_output=True, text=True
    )
    if result.returncode:
        raise RuntimeError(f"{words}: {result.returncode}\n{result.stderr[-3000:]}")


def submit(cluster: Cluster, dist: Path, lake: Lake, verb: str) -> dict:
    """Run a verb on the cluster; its step of the report."""
    process = cluster.submit(dist, lake, verb, DATA_SET)
    if process.wait(3600):
        raise RuntimeError((lake.home / f"{verb}.out").read_text()[-3000:])
    report = json.loads((lake.home / "reports" / "latest" / "report.json").read_text())
    return report["steps"][0]


def busy_seconds() -> float:
    """CPU seconds that this machine has spent on anything but waiting, all cores together."""
    fields = [int(x) for x in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


def measure(folder: Path, size: int) -> dict[int, float]:
    """Seconds of the promotion by number of executors."""
    home, dist = folder / "home", folder / "dist"
    cluster = Cluster(folder / "cluster", Home(home))
    seconds = {}
    try:
        run("dist", dist)
        run("up", "--home", home)
        cluster.start()
        events = folder / "events.jsonl"
        run("generate", DATA_SET, "--rows", size, "--seed", 3, "--out", events, "--home", home)
        run("produce", DATA_SET, events, "--home", home)
        events.unlink()
        for number in (1, 2):
            settings = {
                "spark.cores.max": str(number),
                "spark.executor.cores": "1",
                "spark.executor.memory": "1g",
            }
            master = f"spark://127.0.0.1:{cluster.master}"
            lake = cluster.lake(f"n{number}", master, f"s3a://{BUCKET}/n{number}", **settings)
            where = ("--config", lake.config, "--home", lake.home)
            run("contracts", "apply", DATA_SET, *where, env=cluster.environment())
            submit(cluster, dist, lake, "land")
            before, worked = time.monotonic(), busy_seconds()
            step = submit(cluster, dist, lake, "promote")
            seconds[number] = step["seconds"]
            took = time.monotonic() - before
            print(
                f"{number} executor(s): {step['taken']} rows promoted in {step['seconds']:.1f} s,"
                f" {took:.1f} s with the start of Spark;"
                f" {(busy_seconds() - worked) / took:.1f} of {os.cpu_count()} cores were busy",
                flush=True,
            )
    finally:
        cluster.stop()
        subprocess.run([ROOT / "sluice", "down", "--home", home], capture_output=True)
    return seconds


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=500_000, help="number of events")
    size = options.parse_args().size
    with tempfile.TemporaryDirectory(prefix="sluice-speed") as folder:
        seconds = measure(Path(folder), size)
    print(
        f"two executors of one core promote {seconds[1] / seconds[2]:.2f} times as fast as one"
        f" (wanted >= 1.6 where both have a core to themselves; this machine has {os.cpu_count()},"
        " shared with the driver, Postgres and the S3 server)"
    )


if __name__ == "__main__":
    main()
