"""Asks a running Airflow over its REST interface."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from .place import USER, Place

_TOKEN_SECONDS = 600
_READS = 4


class Refused(RuntimeError):
    """Airflow answered, but not with what was asked for."""


class Client:
    """One person's session; logs in when needed."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._token = ""
        self._until = 0.0

    def is_healthy(self) -> bool:
        """Whether pages, scheduler and DAG processor are all at work."""
        try:
            health = self._ask("GET", "/api/v2/monitor/health", token=False)
        except (Refused, ValueError):
            return False
        parts = ("metadatabase", "scheduler", "dag_processor")
        return all((health.get(part) or {}).get("status") == "healthy" for part in parts)

    def scheduler_heartbeat(self) -> str:
        """When the scheduler was last heard of."""
        health = self._ask("GET", "/api/v2/monitor/health", token=False)
        return str(health["scheduler"]["latest_scheduler_heartbeat"] or "")

    def make_pool(self, pool: dict[str, Any]) -> None:
        """Make a pool; one that exists stays as it is."""
        try:
            self._ask("POST", "/api/v2/pools", pool)
        except Refused as fault:
            if "409" not in str(fault):
                raise

    def dags(self) -> dict[str, dict[str, Any]]:
        """All DAGs that have been read."""
        return {dag["dag_id"]: dag for dag in self._ask("GET", "/api/v2/dags?limit=100")["dags"]}

    def import_errors(self) -> list[str]:
        """What could not be read."""
        found = self._ask("GET", "/api/v2/importErrors")["import_errors"]
        return [f"{each['filename']}: {each['stack_trace']}" for each in found]

    def unpause(self, dag: str) -> None:
        """Let a DAG run."""
        self._ask("PATCH", f"/api/v2/dags/{quote(dag)}?update_mask=is_paused", {"is_paused": False})

    def trigger(self, dag: str, conf: dict[str, Any] | None = None) -> str:
        """Start a run by hand, with what a person fills in; returns its id."""
        path = f"/api/v2/dags/{quote(dag)}/dagRuns"
        return str(
            self._ask("POST", path, {"logical_date": None, "conf": conf or {}})["dag_run_id"]
        )

    def runs(self, dag: str) -> list[dict[str, Any]]:
        """The runs of a DAG, newest first."""
        path = f"/api/v2/dags/{quote(dag)}/dagRuns?order_by=-run_after&limit=50"
        return list(self._ask("GET", path)["dag_runs"])

    def tasks(self, dag: str, run: str) -> list[dict[str, Any]]:
        """The tasks of a run."""
        path = f"/api/v2/dags/{quote(dag)}/dagRuns/{quote(run, safe='')}/taskInstances"
        return list(self._ask("GET", path)["task_instances"])

    def _ask(self, method: str, path: str, body: Any = None, token: bool = True) -> Any:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {self._log_in()}"
        request = Request(
            self._place.url + path,
            method=method,
            headers=headers,
            data=None if body is None else json.dumps(body).encode(),
        )
        for left in range(_READS if method == "GET" else 1, 0, -1):
            try:
                with urlopen(request, timeout=30) as answer:
                    return json.loads(answer.read() or b"{}")
            except HTTPError as fault:
                said = fault.read()[:500].decode("utf-8", "replace")
                raise Refused(f"{method} {path} answered {fault.code}: {said}") from fault
            except OSError as fault:  # a busy machine; asking again changes nothing
                if left == 1:
                    raise Refused(f"{method} {path} got no answer: {fault}") from fault
        raise AssertionError("unreachable")

    def _log_in(self) -> str:
        if time.monotonic() >= self._until:
            body = {"username": USER, "password": self._place.password()}
            self._token = str(self._ask("POST", "/auth/token", body, token=False)["access_token"])
            self._until = time.monotonic() + _TOKEN_SECONDS
        return self._token
