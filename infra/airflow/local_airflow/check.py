"""Runs one data set's DAGs end to end, as a person at the page would, and looks at the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .running import Running

_STILL_SECONDS = 900.0
_ENDED = ("success", "failed")
_ROWS = 5_000


class CheckFailed(RuntimeError):
    """Something is not green; says what."""


class Check:
    """Land, promote, refine, export through assets, then watch; all green, and nothing left."""

    def __init__(self, running: Running, data_set: str, say: Callable[[str], None]) -> None:
        self._running = running
        self._client = running.client
        self._data_set = data_set
        self._say = say

    def run(self) -> None:
        """Raises CheckFailed with what failed and where its log is."""
        self._running.lake.bring(self._data_set, _ROWS)
        flow, watch = self._dags()
        for dag in reversed(flow):  # the last tick is made up for as soon as 'land' may run
            self._client.unpause(dag)
        self._say(f"unpaused {', '.join(flow)}")
        for dag in flow:
            self._await(dag)
        self._client.unpause(watch)
        self._await(watch)
        self._nothing_left()

    def _dags(self) -> tuple[list[str], str]:
        """The DAGs of the flow in order, and the one that watches, once all have been read."""
        ends = [f".{self._data_set}.{verb}" for verb in ("land", "promote", "refine", "export")]
        ends.append(f".{self._data_set}.watch")
        self._until(lambda: all(self._named(end) for end in ends), "the DAGs of the data set")
        faults = self._client.import_errors()
        if faults:
            raise CheckFailed("some DAGs could not be read: " + "; ".join(faults))
        *flow, watch = [self._named(end) for end in ends]
        return flow, watch

    def _named(self, end: str) -> str:
        return next((dag for dag in sorted(self._client.dags()) if dag.endswith(end)), "")

    def _await(self, dag: str) -> None:
        """Wait for a run to end well."""

        def ended() -> dict[str, Any] | None:
            for each in self._client.runs(dag):
                if each["state"] in _ENDED:
                    return each
            return None

        self._until(lambda: ended() is not None, f"the end of a run of {dag}")
        found = ended() or {}
        tasks = self._client.tasks(dag, found["dag_run_id"])
        states = {task["task_id"]: task["state"] for task in tasks}
        seconds = sum(task["duration"] or 0.0 for task in tasks)
        self._say(f"{dag}: {found['state']} ({found['run_type']}), {states} in {seconds:.0f} s")
        if found["state"] != "success" or "success" not in states.values():
            logs = self._running.place.logs / f"dag_id={dag}"
            raise CheckFailed(f"a run of {dag} ended {found['state']}: {states}; logs in {logs}")

    def _nothing_left(self) -> None:
        status = self._running.lake.status(self._data_set)
        lag = {each["table"]: each["lag"] for each in status["lag"] if each["lag"] > 0}
        if lag:
            raise CheckFailed(f"every DAG was green, but these tables still lag behind: {lag}")
        empty = [each["table"] for each in status["tables"] if each["rows"] == 0]
        empty = [table for table in empty if "_quarantine." not in table]
        if empty:
            raise CheckFailed(f"every DAG was green, but these tables have no rows: {empty}")
        rows = {each["table"]: each["rows"] for each in status["tables"]}
        self._say(f"nothing is left behind; rows: {rows}")

    def _until(self, done: Callable[[], bool], what: str) -> None:
        try:
            self._running.wait(done, _STILL_SECONDS, what)
        except TimeoutError as fault:
            raise CheckFailed(f"{fault}; logs in {self._running.place.logs}") from fault
