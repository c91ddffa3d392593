from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG, BaseOperator, CronTriggerTimetable
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables.simple import NullTimetable
from conftest import DAGS, ROOT

from sluice_airflow import contract_cache, tables
from sluice_airflow.contracts import Contract
from sluice_airflow.data_set_dags import Chore, DataSetDags, data_set_dags
from sluice_airflow.deployment import Deployment
from sluice_airflow.job import SluiceJob

SHIPPED = contract_cache.read(ROOT / "catalog" / "contracts").contracts
JAVA_VERBS = (ROOT / "pipelines/src/main/java/dev/sluice/pipelines/cli/Sluice.java").read_text()
MOST_SECONDS_A_DAG = 0.005


@pytest.fixture(scope="module")
def bag() -> DagBag:
    return DagBag(DAGS / "dags")


@pytest.fixture(scope="module", params=["scheduled", "streaming"])
def dags(request: pytest.FixtureRequest) -> dict[str, DAG]:
    return data_set_dags(SHIPPED, Deployment(streaming=request.param == "streaming"))


def test_all_dag_files_are_read_without_a_fault(bag: DagBag) -> None:
    assert bag.import_errors == {}
    assert set(bag.dags) == set(data_set_dags(SHIPPED, Deployment()))


def flow_of(contract: Contract) -> list[str]:
    """The verbs in their order; nothing is exported of a data set whose products all stay."""
    exported = any(product.exported for product in contract.products)
    return ["land", "promote", "refine", *(["export"] if exported else [])]


def test_each_data_set_has_the_whole_flow(bag: DagBag) -> None:
    for contract in SHIPPED:
        for tenant in contract.tenants:
            verbs = {
                name.rsplit(".", 1)[1] for name in bag.dags if f"{tenant}.{contract.id}." in name
            }
            chores = {"watch", "reconcile", "maintain", "backfill"}
            chores |= {"canary"} if contract.has_topic else set()
            chores |= {"lifecycle"} if contract.ends else set()
            assert verbs == {*flow_of(contract), *chores}


def test_canaries_are_sent_on_the_contracts_schedule_to_a_topic_only() -> None:
    contract = replaced(SHIPPED[0], has_topic=True, canary="5 * * * *")
    silent = replaced(SHIPPED[0], has_topic=False)

    dag = dags_of(contract)["canary"]

    assert dag.timetable.expression == "5 * * * *"
    assert [task.task_id for task in dag.tasks] == ["canary"]
    assert dag.tasks[0].words()[1:3] == ["canary", contract.id]
    assert "canary" not in dags_of(silent)


def test_what_ends_has_a_dag_that_ends_it() -> None:
    assert "lifecycle" in dags_of(replaced(SHIPPED[0], ends=True))
    assert "lifecycle" not in dags_of(replaced(SHIPPED[0], ends=False))


def test_a_stream_lands_instead_of_a_dag() -> None:
    names = set(data_set_dags(SHIPPED, Deployment(streaming=True)))

    assert "city.video-detections.land" not in names
    assert "city.video-detections.watch" in names


def test_a_contract_that_is_not_active_has_no_dags() -> None:
    draft = [replaced(each, status="draft") for each in SHIPPED]

    assert data_set_dags(tuple(draft), Deployment()) == {}


def test_dags_say_whose_they_are_and_what_to_do(dags: dict[str, DAG]) -> None:
    for name, dag in dags.items():
        contract = next(each for each in SHIPPED if f".{each.id}." in name)
        assert {f"team:{contract.owner}", f"data-set:{contract.id}"} <= set(dag.tags)
        assert any(tag.startswith("zone:") for tag in dag.tags)
        assert any(tag.startswith("tenant:") for tag in dag.tags)
        assert contract.owner in (dag.doc_md or "")
        assert "When it fails" in (dag.doc_md or "")
        for page in ("blocked.md", "busy.md", "configuration.md", "service-missing.md"):
            assert page in (dag.doc_md or "")
            assert (ROOT / "docs" / "runbooks" / page).exists()


def test_runbooks_are_links_where_the_docs_have_an_address() -> None:
    made = data_set_dags(SHIPPED, Deployment(docs="https://docs.example/sluice/"))

    for dag in made.values():
        assert "(https://docs.example/sluice/runbooks/blocked.md)" in (dag.doc_md or "")


def test_nothing_depends_on_an_interval(dags: dict[str, DAG]) -> None:
    for name, dag in dags.items():
        assert dag.catchup is False, name
        assert dag.max_active_runs == 1, name
        assert not isinstance(dag.timetable, NullTimetable), name
        only_asked_for = name.endswith(".backfill")
        if dag.timetable.can_be_scheduled and hasattr(dag.timetable, "expression"):
            assert only_asked_for or isinstance(dag.timetable, CronTriggerTimetable), name
        assert all(task.template_fields == () for task in dag.tasks), name


def test_tasks_have_an_owner_a_pool_a_limit_and_retries(dags: dict[str, DAG]) -> None:
    for task in tasks(dags):
        contract = next(each for each in SHIPPED if f".{each.id}." in task.dag_id)
        assert task.owner == contract.owner
        assert task.execution_timeout is not None
        looks = task.task_id in ("status", "announce", "canary")
        assert task.pool == ("sluice_look" if looks else "sluice_spark")
        if not looks:
            assert task.retries >= 3
            assert task.retry_delay.total_seconds() > 0


def test_each_task_names_a_verb_that_exists(dags: dict[str, DAG]) -> None:
    for task in tasks(dags):
        assert isinstance(task, SluiceJob)
        assert f"{task.verb.capitalize()}.class" in JAVA_VERBS


def test_no_argument_looks_like_a_secret(dags: dict[str, DAG]) -> None:
    for task in tasks(dags):
        assert isinstance(task, SluiceJob)
        line = " ".join(task.words()).lower()
        assert not any(word in line for word in ("password", "secret", "token", "access", "key"))


def test_each_zone_is_scheduled_on_the_one_above(bag: DagBag) -> None:
    """What a flow announces is what the next one waits for, for all its tables."""
    for contract in SHIPPED:
        for tenant in contract.tenants:
            flow = [bag.dags[f"{tenant}.{contract.id}.{verb}"] for verb in flow_of(contract)]
            for above, below in pairwise(flow):
                told = {asset.name for task in above.tasks for asset in task.outlets}
                heard = {asset.name for asset in below.timetable.asset_condition.objects}
                neighbours = heard - told if below.dag_id.endswith(".refine") else set()
                assert told | neighbours == heard, (above.dag_id, below.dag_id)


def test_a_product_of_two_data_sets_waits_for_both() -> None:
    first, second = (replaced(each, tenants=("city",)) for each in SHIPPED[:2])
    product = first.products[0]
    both = replaced(product, inputs=(*product.inputs, second.stage_table))

    heard = tables.read_by_products(replaced(first, products=(both,)), "city", (first, second))

    assert [asset.name for asset in heard] == [
        f"city_stage.{first.stage_table}",
        f"city_stage.{second.stage_table}",
    ]


def test_reconciling_runs_the_whole_flow_and_then_looks(bag: DagBag) -> None:
    dag = bag.dags["airports.flights.reconcile"]

    assert [task.task_id for task in dag.topological_sort()] == [
        "land",
        "promote",
        "refine",
        "export",
        "status",
    ]
    # A step that found nothing new is skipped, and the next one runs all the same.
    assert {task.trigger_rule for task in dag.tasks} == {"none_failed"}


def test_a_backfill_has_runs_of_one_day_from_before_the_first_event(bag: DagBag) -> None:
    dag = bag.dags["airports.flights.backfill"]
    first, last = (datetime(2013, 1, day, tzinfo=UTC) for day in (1, 31))
    read = DagSerialization.from_dict(DagSerialization.to_dict(dag))

    days = [run.data_interval for run in read.iter_dagrun_infos_between(first, last)]

    assert len(days) == 31
    assert (days[0].start, days[-1].end) == (first, datetime(2013, 2, 1, tzinfo=UTC))
    assert all(before.end == after.start for before, after in pairwise(days))
    assert dag.tasks[0].start_date < datetime(2000, 1, 1, tzinfo=UTC)
    assert "--to-date 2013-01-31" in dag.doc_md
    assert "./sluice backfill flights --tenant airports --from 2013-01-01" in dag.doc_md


def test_a_verb_for_upkeep_is_one_entry() -> None:
    chore = Chore("tidy", "30 4 * * *", "puts things where they belong")

    found = DataSetDags(SHIPPED[0], "airports", Deployment(), SHIPPED).all([chore])

    made = next(dag for dag in found if dag.dag_id.endswith(".tidy"))
    assert [task.task_id for task in made.tasks] == ["tidy"]
    assert made.timetable.expression == "30 4 * * *"


def test_a_broken_contract_shows_as_an_import_error_and_the_other_dags_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (ROOT / "catalog" / "contracts").glob("*.odcs.yaml"):
        shutil.copy(path, tmp_path)
    (tmp_path / "broken.odcs.yaml").write_text("id: broken")
    monkeypatch.setenv("SLUICE_AIRFLOW_CONTRACTS", str(tmp_path))

    bag = DagBag(DAGS / "dags")

    assert [Path(path).name for path in bag.import_errors] == ["contract_faults.py"]
    assert "broken.odcs.yaml" in next(iter(bag.import_errors.values()))
    assert "airports.flights.promote" in bag.dags


def test_every_dag_can_be_serialised(dags: dict[str, DAG]) -> None:
    for dag in dags.values():
        DagSerialization.to_dict(dag)


def test_parsing_costs_at_most_5_ms_a_dag(tmp_path: Path) -> None:
    """A hundred data sets as the DAG processor reads them: contracts from the cache, DAGs anew."""
    text = (ROOT / "catalog" / "contracts" / "flights.odcs.yaml").read_text()
    for number in range(100):
        path = tmp_path / f"flights-{number}.odcs.yaml"
        path.write_text(text.replace("id: flights\n", f"id: flights-{number}\n", 1))
    cache = tmp_path / "cache.json"
    contract_cache.read(tmp_path, cache)

    began = time.process_time()
    found = data_set_dags(contract_cache.read(tmp_path, cache).contracts, Deployment())
    spent = time.process_time() - began

    assert len(found) >= 700
    print(f"\n{len(found)} DAGs in {spent:.2f} s of CPU, {1000 * spent / len(found):.2f} ms each")
    assert spent / len(found) <= MOST_SECONDS_A_DAG


def dags_of(contract: Contract) -> dict[str, DAG]:
    found = DataSetDags(contract, "airports", Deployment(), SHIPPED).all()
    return {dag.dag_id.rsplit(".", 1)[1]: dag for dag in found}


def tasks(dags: dict[str, DAG]) -> list[BaseOperator]:
    return [task for dag in dags.values() for task in dag.tasks]


def replaced(value: Contract, **changes: object) -> Contract:
    from dataclasses import replace

    return replace(value, **changes)  # type: ignore[type-var]
