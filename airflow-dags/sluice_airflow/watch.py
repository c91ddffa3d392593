"""Tasks that look and do not move data."""

from __future__ import annotations

from airflow.sdk import Context
from airflow.sdk.exceptions import AirflowException, AirflowSkipException

from .exit_codes import Verdict, meaning
from .job import SluiceJob
from .job_report import JobReport


class WatchDataSet(SluiceJob):
    """Fails while a data set is blocked, late or incomplete: `sluice status` by its exit code."""

    ui_color = "#f7efdc"

    def __init__(self, *, stream: bool = False, **kwargs: object) -> None:
        super().__init__(verb="status", **kwargs)  # type: ignore[arg-type]
        self.stream = stream

    def execute(self, context: Context) -> None:
        """Raise what is wrong; with `stream`, also when no continuous landing is at work."""
        ended = self.run_job(self.words())
        report = JobReport.read(ended.output)
        for line in report.values.get("findings", []):
            self.log.warning("%s", line)
        self.judge(ended, report, int(context["ti"].try_number))
        if self.stream and not report.values.get("landing_streams"):
            raise AirflowException(
                f"no continuous landing of {self.data_set} ({self.tenant}) is at work; expected "
                f"'sluice land {self.data_set} --every SECONDS' under systemd or Kubernetes"
            )


class AnnounceLanded(SluiceJob):
    """Says that raw has news when a stream lands it, which no task of Airflow sees."""

    ui_color = "#f7efdc"

    def __init__(self, **kwargs: object) -> None:
        super().__init__(verb="status", **kwargs)  # type: ignore[arg-type]

    def execute(self, context: Context) -> None:
        """Skip, and so announce nothing, while stage has taken everything."""
        ended = self.run_job(self.words())
        report = JobReport.read(ended.output)
        if not report.values and meaning(ended.code).verdict is not Verdict.DONE:
            self.judge(ended, report, int(context["ti"].try_number))
        if report.lag(self.tenant, "quarantine", "stage") == 0:
            raise AirflowSkipException("stage has taken everything")
