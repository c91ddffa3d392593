"""How this Airflow reaches Sluice: settings of the environment, none of them secret."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_SECRET = re.compile(r"(?i)(secret|passw|token|credential|access[._-]?key|api[._-]?key|pepper)")


class DeploymentFaults(ValueError):
    """The settings are not such that a job could be started; says which."""


@dataclass(frozen=True)
class Deployment:
    """Where contracts are and how a verb of Sluice is started.

    A job runs as `command + [verb, data set, ...] + arguments`: with the launcher as the command
    on one machine, with `spark-submit ... --class dev.sluice.pipelines.cli.Sluice JAR` on a
    cluster.
    """

    contracts: Path = _ROOT / "catalog" / "contracts"
    command: tuple[str, ...] = (str(_ROOT / "sluice"),)
    arguments: tuple[str, ...] = ()
    streaming: bool = False
    retries: int = 8
    retry_delay: timedelta = timedelta(minutes=1)
    docs: str = ""
    cache: Path | None = None

    @staticmethod
    def from_environment(environment: Mapping[str, str] | None = None) -> Deployment:
        """Read the settings SLUICE_AIRFLOW_*; raises DeploymentFaults naming all faults."""
        given = os.environ if environment is None else environment
        default = Deployment()

        def setting(name: str) -> str:
            return given.get(f"SLUICE_AIRFLOW_{name}", "").strip()

        faults: list[str] = []
        landing = setting("LANDING") or "scheduled"
        if landing not in ("scheduled", "streaming"):
            faults.append(f"SLUICE_AIRFLOW_LANDING is scheduled or streaming; got '{landing}'")
        seconds = setting("RETRY_SECONDS") or "60"
        if not re.fullmatch(r"[1-9][0-9]{0,5}", seconds):
            faults.append(f"SLUICE_AIRFLOW_RETRY_SECONDS is a number of seconds; got '{seconds}'")
        command = tuple(shlex.split(setting("COMMAND"))) or default.command
        arguments = tuple(shlex.split(setting("ARGUMENTS")))
        faults += [
            "SLUICE_AIRFLOW_COMMAND and _ARGUMENTS stand on command lines, which everybody on the "
            f"machine can read; expected no secret there, got '{_name(word)}'. Give secrets by "
            "reference in sluice.yaml (env:NAME or file:PATH)"
            for word in command + arguments
            if (word.startswith("-") or "=" in word) and _SECRET.search(_name(word))
        ]
        if faults:
            raise DeploymentFaults("; ".join(faults))
        return Deployment(
            contracts=Path(setting("CONTRACTS") or default.contracts),
            command=command,
            arguments=arguments,
            streaming=landing == "streaming",
            retry_delay=timedelta(seconds=int(seconds)),
            docs=setting("DOCS"),
            cache=Path(setting("CACHE")) if setting("CACHE") else None,
        )


def _name(word: str) -> str:
    """The name part of an option; a value is never shown."""
    return word.split("=", 1)[0]
