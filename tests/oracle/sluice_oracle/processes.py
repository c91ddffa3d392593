"""Processes and ports of this machine, as the tests of a cluster look at them."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def await_that(what: str, holds: Callable[[], object], seconds: float = 600) -> None:
    """Wait for a condition, with a limit."""
    limit = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > limit:
            raise TimeoutError(f"waited {seconds} s in vain for {what}")
        time.sleep(0.05)


def free_port() -> int:
    """A port on loopback that nobody has now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def command_line(pid: int) -> str:
    """What `ps` shows of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def running() -> list[int]:
    """All processes of this machine."""
    return [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()]


def parent(pid: int) -> int:
    """The process that started another; -1 when that is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return -1


def java() -> str:
    """The java command of the JDK that tests are told to use."""
    home = os.environ.get("SLUICE_JAVA_HOME") or os.environ.get("JAVA_HOME")
    return f"{home}/bin/java" if home else "java"


def jvm_opens() -> str:
    """What Spark opens of the JDK, as the build says it."""
    pom = (ROOT / "pom.xml").read_text()
    return pom.split("<spark.add-opens>")[1].split("</spark.add-opens>")[0]
