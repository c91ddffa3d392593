"""What the exit code of a job means for its task. Imports nothing of Airflow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What becomes of the task."""

    DONE = "done"
    WAIT = "try again after the retry delay"
    RETRY_ONCE = "try once more, then fail"
    FAIL = "fail at once; a person must act"


@dataclass(frozen=True)
class Meaning:
    """An exit code's verdict, in words, with the page that helps."""

    verdict: Verdict
    text: str
    page: str


_MEANINGS = {
    0: Meaning(Verdict.DONE, "done, or nothing to do", "README.md"),
    64: Meaning(Verdict.FAIL, "the command line is wrong", "configuration.md"),
    65: Meaning(Verdict.FAIL, "a gate blocked, or a row breaks a product", "blocked.md"),
    69: Meaning(Verdict.WAIT, "a service does not answer", "service-missing.md"),
    70: Meaning(Verdict.RETRY_ONCE, "a defect in Sluice", "outcome-unknown.md"),
    74: Meaning(Verdict.FAIL, "the source has lost data", "source-lost.md"),
    75: Meaning(Verdict.WAIT, "another writer holds the work, or was faster", "busy.md"),
    78: Meaning(Verdict.FAIL, "configuration or contract faults", "configuration.md"),
}


def meaning(code: int) -> Meaning:
    """The meaning of an exit code; below 0 and above 128 a signal ended the process."""
    known = _MEANINGS.get(code)
    if known is not None:
        return known
    if code < 0 or code > 128:
        number = -code if code < 0 else code - 128
        return Meaning(Verdict.WAIT, f"killed by signal {number}", "README.md")
    return Meaning(Verdict.RETRY_ONCE, f"ended with the unknown exit code {code}", "README.md")
