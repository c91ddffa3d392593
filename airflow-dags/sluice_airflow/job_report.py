"""What a job says of itself with `--json`. Imports nothing of Airflow."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

_READERS = {
    "land": ("quarantine", "stage"),
    "promote": ("refined",),
    "refine": ("exported",),
    "export": (),
}


@dataclass(frozen=True)
class JobReport:
    """A report; empty when the job ended before it could write one."""

    values: dict[str, Any] = field(default_factory=dict)

    @staticmethod
    def read(output: str) -> JobReport:
        """Read what the job wrote to stdout."""
        try:
            values = json.loads(output)
        except ValueError:
            return JobReport()
        return JobReport(values if isinstance(values, dict) else {})

    def lines(self) -> list[str]:
        """One line a step, for the log."""
        return [
            f"{step['step']} {step['data_set']}: {step['outcome']}, taken {step.get('taken', 0)}, "
            f"published {step.get('published', 0)}, set aside {step.get('quarantined', 0)}"
            for step in self.values.get("steps", [])
        ]

    def reason(self) -> str:
        """What the steps that did not end well say."""
        said = [
            f"{step['step']} {step['data_set']}: {step['message']}."
            for step in self.values.get("steps", [])
            if step.get("message") and step.get("outcome") not in ("Done", "NothingToDo")
        ]
        return " ".join(said)

    def lag(self, tenant: str, *zones: str) -> int:
        """How much the tenant's tables of these zones have not taken yet."""
        return sum(
            each["lag"]
            for each in self.values.get("lag", [])
            if each["zone"] in zones and each["table"].startswith(f"{tenant}_")
        )

    def is_idle(self, verb: str, tenant: str) -> bool:
        """Whether nothing happened and the zone that reads this one has taken everything.

        The second half makes the announcement follow the tables and not the run: what a killed
        task has published but never announced is announced by the next run.
        """
        steps = self.values.get("steps", [])
        if not steps or any(step["outcome"] != "NothingToDo" for step in steps):
            return False
        if verb == "promote" and self._has_unread_stage(tenant):
            return False
        return self.lag(tenant, *_READERS.get(verb, ())) == 0

    def _has_unread_stage(self, tenant: str) -> bool:
        """Products that were never made have no lag yet, because they know no lane yet."""
        stages = [
            edition
            for table, edition in self.values.get("editions", {}).items()
            if table.startswith(f"{tenant}_stage.")
        ]
        heads = self.values.get("heads", {})
        new = [t for t, head in heads.items() if t.startswith(f"{tenant}_refined.") and not head]
        return max(stages, default=0) > 0 and bool(new)
