from __future__ import annotations

import pytest

from sluice_airflow.deployment import Deployment, DeploymentFaults


def test_without_settings_the_launcher_of_the_checkout_is_used() -> None:
    deployment = Deployment.from_environment({})

    assert deployment.command[0].endswith("/sluice")
    assert (deployment.contracts / "flights.odcs.yaml").exists()


def test_spark_submit_takes_the_same_arguments() -> None:
    deployment = Deployment.from_environment(
        {
            "SLUICE_AIRFLOW_COMMAND": "spark-submit --master spark://m:7077 "
            "--class dev.sluice.pipelines.cli.Sluice /opt/sluice/pipelines.jar",
            "SLUICE_AIRFLOW_ARGUMENTS": "--config '/etc/my sluice.yaml'",
        }
    )

    assert deployment.command[-1] == "/opt/sluice/pipelines.jar"
    assert deployment.arguments == ("--config", "/etc/my sluice.yaml")


@pytest.mark.parametrize(
    "words",
    [
        "spark-submit --conf spark.hadoop.fs.s3a.secret.key=hunter2",
        "spark-submit --conf spark.hadoop.fs.s3a.access.key=hunter2",
        "spark-submit --postgres-password hunter2",
        "spark-submit --api-key=hunter2",
    ],
)
def test_a_secret_on_the_command_line_is_refused_and_not_repeated(words: str) -> None:
    with pytest.raises(DeploymentFaults, match="expected no secret") as fault:
        Deployment.from_environment({"SLUICE_AIRFLOW_COMMAND": words})

    assert "hunter2" not in str(fault.value)


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(DeploymentFaults, match=r"LANDING.*RETRY_SECONDS"):
        Deployment.from_environment(
            {"SLUICE_AIRFLOW_LANDING": "sometimes", "SLUICE_AIRFLOW_RETRY_SECONDS": "soon"}
        )
