"""The task that runs one verb of Sluice."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from typing import Any

from airflow.sdk import BaseOperator, Context
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from .deployment import Deployment
from .exit_codes import Verdict, meaning
from .job_process import Ended, JobProcess
from .job_report import JobReport


class JobMustWait(AirflowException):
    """Somebody else is at it, or a service is away: the same task will do later."""


class SluiceJob(BaseOperator):
    """Runs `sluice VERB DATA_SET --tenant TENANT` and turns its exit code into the task's end.

    Safe to retry, clear and run twice: the job reads from the tables where it has to go on, and
    of two at once one wins. A task whose job found nothing new, and whose readers have nothing
    left to take either, ends as skipped; its assets then report no change.
    """

    ui_color = "#dcebf7"

    def __init__(
        self,
        *,
        verb: str,
        data_set: str,
        tenant: str,
        deployment: Deployment,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.verb = verb
        self.data_set = data_set
        self.tenant = tenant
        self.deployment = deployment
        self._job: JobProcess | None = None

    def words(self) -> list[str]:
        """The command line; only names stand on it."""
        return [
            *self.deployment.command,
            self.verb,
            self.data_set,
            "--tenant",
            self.tenant,
            *self.deployment.arguments,
            "--json",
        ]

    def execute(self, context: Context) -> None:
        """Run the job; raises what Airflow understands as retry, failure or skip."""
        self.work([*self.words(), f"--end-with-parent={os.getpid()}"], context)

    def work(self, words: list[str], context: Context) -> None:
        """Run a command line to its end and judge it."""
        ended = self.run_job(words)
        report = JobReport.read(ended.output)
        self.judge(ended, report, int(context["ti"].try_number))
        if report.is_idle(self.verb, self.tenant):
            raise AirflowSkipException("nothing was new, and nobody downstream waits for anything")

    def run_job(self, words: list[str]) -> Ended:
        """Run a command line of Sluice; its progress goes to the task's log."""
        self.log.info("runs %s", shlex.join(words))
        self._job = JobProcess(words, job_environment(os.environ))
        return self._job.run(lambda line: self.log.info("%s", line))

    def judge(self, ended: Ended, report: JobReport, try_number: int) -> None:
        """Raise unless the job is done."""
        what = meaning(ended.code)
        if what.verdict is Verdict.DONE:
            for line in report.lines():
                self.log.info("%s", line)
            return
        text = (
            f"sluice {self.verb} {self.data_set} ended {ended.code}: {what.text}. "
            f"{report.reason()} {page(self.deployment, what.page)}"
        )
        if what.verdict is Verdict.WAIT:
            raise JobMustWait(text)
        if what.verdict is Verdict.RETRY_ONCE and try_number < 2:
            raise AirflowException(text)
        raise AirflowFailException(text)

    def on_kill(self) -> None:
        """End the job with its task."""
        if self._job is not None:
            self._job.stop()


def page(deployment: Deployment, name: str) -> str:
    """Where a runbook page stands."""
    return f"{deployment.docs.rstrip('/') or 'docs'}/runbooks/{name}"


def job_environment(own: Mapping[str, str]) -> dict[str, str]:
    """The worker's environment without Airflow's own settings and keys."""
    return {key: value for key, value in own.items() if not key.startswith(("AIRFLOW", "_AIRFLOW"))}
