"""A local Airflow from its start to its end."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .client import Client
from .lake import Lake
from .parts import Parts
from .place import DAGS, Place

_START_SECONDS = 900.0


class NotStarted(RuntimeError):
    """Airflow did not come up; says where to look."""


class Running:
    """An Airflow that is up, over a lakehouse whose services are up."""

    def __init__(self, place: Place, parts: Parts, lake: Lake) -> None:
        self.place = place
        self.parts = parts
        self.lake = lake
        self.client = Client(place)

    def wait(self, done: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait for something while looking after the parts; TimeoutError when it takes longer."""
        end = time.monotonic() + seconds
        while not done():
            self.parts.look()
            if time.monotonic() > end:
                raise TimeoutError(f"expected within {seconds:.0f} s: {what}")
            time.sleep(0.5)


@contextmanager
def airflow(home: Path, port: int, say: Callable[[str], None]) -> Iterator[Running]:
    """Bring up services and Airflow side by side; take down afterwards what was not up before."""
    place = Place(home, port or _free_port())
    place.write()
    lake = Lake(home, say)
    parts = Parts(place.environment(os.environ), place.logs, say)
    faults: list[Exception] = []
    opening = threading.Thread(target=_open, args=(lake, faults), daemon=True)
    opening.start()
    try:
        parts.migrate()
        parts.start()
        running = Running(place, parts, lake)
        try:
            running.wait(running.client.is_healthy, _START_SECONDS, "a healthy Airflow")
        except TimeoutError as fault:
            raise NotStarted(f"{fault}; logs in {place.logs}") from fault
        for pool in json.loads((DAGS / "pools.json").read_text()):
            running.client.make_pool(pool)
        opening.join()
        if faults:
            raise faults[0]
        yield running
    finally:
        say("stopping Airflow")
        parts.stop()
        opening.join()
        lake.close()


def _open(lake: Lake, faults: list[Exception]) -> None:
    try:
        lake.open()
    except Exception as fault:
        faults.append(fault)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
