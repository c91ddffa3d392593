"""The DAGs of a data set, one set a tenant.

Everything incremental takes what lies between two heads, so no run needs to know an interval:
a missed tick, a merged asset event or a run by hand in between loses nothing and repeats nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import (
    DAG,
    Asset,
    AssetAny,
    CronDataIntervalTimetable,
    CronTriggerTimetable,
    chain,
)

from . import tables
from .backfill import HOW, SluiceBackfill, params
from .contracts import Contract
from .deployment import Deployment
from .job import SluiceJob
from .run_book import run_book
from .watch import AnnounceLanded, WatchDataSet

SPARK_POOL = "sluice_spark"
LOOK_POOL = "sluice_look"
WATCHED = "*/15 * * * *"
RECONCILED = "40 3 * * *"

_START = datetime(2026, 1, 1, tzinfo=UTC)
_BEFORE_ALL_EVENTS = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_JOB = timedelta(hours=6)
_LONGEST_BACKFILL = timedelta(days=3)
_LONGEST_LOOK = timedelta(minutes=10)


@dataclass(frozen=True)
class Chore:
    """A verb that looks after a data set's tables on a schedule of its own, next to the flow.

    A verb of Sluice becomes a DAG of each data set by one entry in CHORES.
    """

    verb: str
    schedule: str
    does: str
    wanted: Callable[[Contract], bool] = lambda _: True


CHORES: tuple[Chore, ...] = (
    Chore("maintain", "30 2 * * *", "few files, few snapshots, no orphans"),
    Chore("lifecycle", "50 1 * * *", "what is old or unused goes", lambda c: c.ends),
)


class DataSetDags:
    """Makes the DAGs of one contract for one tenant."""

    def __init__(
        self, contract: Contract, tenant: str, deployment: Deployment, others: tuple[Contract, ...]
    ) -> None:
        self._contract = contract
        self._tenant = tenant
        self._deployment = deployment
        self._others = others

    def all(self, chores: Sequence[Chore] = CHORES) -> list[DAG]:
        """Flow, watch, reconciling, canaries, and chores."""
        contract, tenant = self._contract, self._tenant
        raw, stage = tables.raw(contract, tenant), tables.stage(contract, tenant)
        products = tables.refined(contract, tenant)
        leaving = [tables.asset(tenant, "refined", product.name) for product in contract.exports]
        dags = [] if self._deployment.streaming else [self._land(raw)]
        dags.append(self._flow("promote", "raw to stage", "stage", AssetAny(raw), [stage]))
        if products:
            inputs = tables.read_by_products(contract, tenant, self._others)
            does = "stage to products"
            dags.append(self._flow("refine", does, "refined", AssetAny(*inputs), products))
        if leaving:
            does = "products to BigQuery"
            outlets = tables.exported(contract, tenant)
            dags.append(self._flow("export", does, "exported", AssetAny(*leaving), outlets))
        dags += [self._watch(raw), self._reconcile(), self._backfill([stage, *products])]
        dags += [self._canary()] if contract.has_topic else []
        dags += [self._chore(chore) for chore in chores if chore.wanted(contract)]
        return dags

    def _land(self, raw: Asset) -> DAG:
        timetable = CronTriggerTimetable(self._contract.schedule, timezone="UTC")
        return self._flow("land", "the source to raw", "raw", timetable, [raw])

    def _flow(self, verb: str, does: str, zone: str, schedule: Any, outlets: list[Asset]) -> DAG:
        with self._dag(verb, does, zone, schedule, (verb,)) as dag:
            self._job(verb, outlets=outlets)
        return dag

    def _watch(self, raw: Asset) -> DAG:
        streaming = self._deployment.streaming
        timetable = CronTriggerTimetable(WATCHED, timezone="UTC")
        does = "is it fresh, complete and free to go on?"
        with self._dag("watch", does, "all", timetable, ("status",)) as dag:
            WatchDataSet(task_id="status", stream=streaming, retries=0, **self._looking())
            if streaming:
                AnnounceLanded(task_id="announce", outlets=[raw], **self._looking())
        return dag

    def _canary(self) -> DAG:
        """Sends what the watch then looks for, so that no data and broken are told apart."""
        timetable = CronTriggerTimetable(self._contract.canary, timezone="UTC")
        does = "a message on each lane that must come through"
        with self._dag("canary", does, "raw", timetable, ("canary",)) as dag:
            SluiceJob(task_id="canary", verb="canary", **self._looking())
        return dag

    def _reconcile(self) -> DAG:
        """Runs the whole flow once a day, whatever events came or got lost, and then looks."""
        verbs = [] if self._deployment.streaming else ["land"]
        verbs.append("promote")
        verbs += ["refine"] if self._contract.products else []
        verbs += ["export"] if self._contract.exports else []
        timetable = CronTriggerTimetable(RECONCILED, timezone="UTC")
        does = "everything once more, then look whether anything is left"
        with self._dag("reconcile", does, "all", timetable, (*verbs, "status")) as dag:
            steps: list[SluiceJob] = []
            for verb in verbs:
                steps.append(self._job(verb, trigger_rule="none_failed"))
            steps.append(
                WatchDataSet(
                    task_id="status", retries=0, trigger_rule="none_failed", **self._looking()
                )
            )
            chain(*steps)
        return dag

    def _backfill(self, outlets: list[Asset]) -> DAG:
        """One job for what a person fills in, or one for each day of `airflow backfill create`."""
        does = "a stretch of event time once more"
        how = HOW.format(dag=f"{self._tenant}.{self._contract.id}.backfill")
        words = ("--from", "2013-01-01", "--to", "2013-02-01")
        dag = self._dag(
            "backfill",
            does,
            "all",
            CronDataIntervalTimetable("0 0 * * *", timezone="UTC"),
            ("backfill",),
            start_date=_BEFORE_ALL_EVENTS,
            params=params(),
            doc_md=run_book(
                self._contract, self._tenant, self._deployment, does, ("backfill",), how, words
            ),
        )
        with dag:
            SluiceBackfill(
                task_id="backfill",
                pool=SPARK_POOL,
                execution_timeout=_LONGEST_BACKFILL,
                outlets=outlets,
                **self._which(),
            )
        return dag

    def _chore(self, chore: Chore) -> DAG:
        timetable = CronTriggerTimetable(chore.schedule, timezone="UTC")
        with self._dag(chore.verb, chore.does, "all", timetable, (chore.verb,)) as dag:
            self._job(chore.verb)
        return dag

    def _job(self, verb: str, **more: Any) -> SluiceJob:
        return SluiceJob(
            task_id=verb,
            verb=verb,
            pool=SPARK_POOL,
            execution_timeout=_LONGEST_JOB,
            **self._which(),
            **more,
        )

    def _looking(self) -> dict[str, Any]:
        return {"pool": LOOK_POOL, "execution_timeout": _LONGEST_LOOK, **self._which()}

    def _which(self) -> dict[str, Any]:
        return {
            "data_set": self._contract.id,
            "tenant": self._tenant,
            "deployment": self._deployment,
        }

    def _dag(
        self, name: str, does: str, zone: str, schedule: Any, verbs: tuple[str, ...], **more: Any
    ) -> DAG:
        contract = self._contract
        tags = {
            f"data-set:{contract.id}",
            f"team:{contract.owner}",
            f"tenant:{self._tenant}",
            f"zone:{zone}",
        }
        tags |= {f"domain:{contract.domain}"} if contract.domain else set()
        settings = {
            "doc_md": run_book(contract, self._tenant, self._deployment, does, verbs),
            "start_date": _START,
            **more,
        }
        return DAG(
            dag_id=f"{self._tenant}.{contract.id}.{name}",
            description=f"{contract.title}: {does}",
            schedule=schedule,
            catchup=False,
            max_active_runs=1,
            tags=tags,
            default_args={
                "owner": contract.owner,
                "retries": self._deployment.retries,
                "retry_delay": self._deployment.retry_delay,
                "retry_exponential_backoff": True,
                "max_retry_delay": timedelta(minutes=15),
            },
            **settings,
        )


def data_set_dags(contracts: tuple[Contract, ...], deployment: Deployment) -> dict[str, DAG]:
    """All DAGs of all active contracts by their ids."""
    active = tuple(contract for contract in contracts if contract.status == "active")
    return {
        dag.dag_id: dag
        for contract in active
        for tenant in contract.tenants
        for dag in DataSetDags(contract, tenant, deployment, active).all()
    }
