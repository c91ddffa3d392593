"""./sluice airflow: a real Airflow over the embedded services."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from .check import Check, CheckFailed
from .lake import VerbFailed
from .place import USER
from .running import NotStarted, Running, airflow

_BEGAN = time.monotonic()


def main() -> int:
    """Exit codes: 0 done, 69 Airflow or a service did not start, 70 a DAG was not green."""
    given = _arguments()
    signal.signal(signal.SIGTERM, _as_interrupt)
    scratch = given.home is None and given.check is not None
    home = Path(tempfile.mkdtemp(prefix="sluice-airflow-")) if scratch else given.home
    home = (home or Path("lakehouse")).resolve()
    try:
        with airflow(home, given.port, say) as running:
            if given.check is None:
                _serve(running)
            else:
                Check(running, given.check, say).run()
    except KeyboardInterrupt:
        return 130 if given.check else 0
    except (CheckFailed, NotStarted, VerbFailed, RuntimeError) as fault:
        say(f"FAILED: {fault}")
        say(f"what it left is in {home}")
        if isinstance(fault, VerbFailed):
            return fault.code
        return 69 if isinstance(fault, NotStarted) else 70
    if scratch:
        shutil.rmtree(home, ignore_errors=True)
    say(f"Airflow: {given.check} went through all DAGs, green" if given.check else "stopped")
    return 0


def _serve(running: Running) -> None:
    place = running.place
    say("Airflow is up, with one DAG a step of each data set:")
    print(f"\n    {place.url}\n    user {USER}, password in {place.password_file}\n", flush=True)
    say("send some data: ./sluice produce flights catalog/contracts/samples/flights.jsonl.gz")
    say("then unpause the DAGs of the data set; 'land' runs at once, the others follow")
    say("Ctrl-C stops Airflow, its tasks and the services that it started")
    while True:
        running.parts.look()
        time.sleep(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="sluice airflow",
        description="Starts Airflow with the DAGs of all contracts over the embedded services.",
        epilog="Examples: sluice airflow; sluice airflow --port 8080; sluice airflow --check",
    )
    parser.add_argument("--home", type=Path, help="folder of the lakehouse (default: ./lakehouse)")
    parser.add_argument(
        "--port", type=int, default=0, help="port on loopback (default: a free one)"
    )
    parser.add_argument(
        "--check",
        nargs="?",
        const="flights",
        metavar="DATA_SET",
        help="run one data set's DAGs end to end in a scratch home and end (default: flights)",
    )
    return parser.parse_args()


def say(line: str) -> None:
    """One line of progress, with the time since the start."""
    print(f"{time.monotonic() - _BEGAN:6.1f} s  {line}", file=sys.stderr, flush=True)


def _as_interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
