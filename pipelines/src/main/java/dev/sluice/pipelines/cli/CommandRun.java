package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.jobs.WireJobs;
import dev.sluice.pipelines.registry.ContractVersions;
import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.registry.RunRegister;
import dev.sluice.pipelines.report.GatherReport;
import dev.sluice.pipelines.report.Report;
import dev.sluice.pipelines.report.ReportJson;
import dev.sluice.pipelines.report.WriteReport;
import dev.sluice.pipelines.runner.OnInterrupt;
import dev.sluice.pipelines.runner.RunSteps;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run of a command that moves data: registered, reported, ended with an exit code. */
final class CommandRun {
  static final int INTERRUPTED = 130;

  private final String command;
  private final Lakehouse lakehouse;
  private final RunContext run = RunContext.start(CodeVersion.TEXT, Clock.systemUTC());
  private final RunRegister register;
  private final RunSteps steps;
  private final List<Report.Asked> asked = new ArrayList<>();

  CommandRun(String command, Lakehouse lakehouse) {
    this.command = command;
    this.lakehouse = lakehouse;
    this.register = new RunRegister(lakehouse.database());
    this.steps =
        new RunSteps(
            run,
            register,
            new Leases(
                lakehouse.database(),
                Duration.ofMinutes(lakehouse.config().limits().leaseMinutes())),
            lakehouse.progress());
  }

  /** What a command does while it is registered. */
  @FunctionalInterface
  interface Body {
    void run(WireJobs jobs, RunSteps steps);
  }

  /**
   * Does the work and reports it.
   *
   * @param dataSets whose state the report tells
   */
  int of(List<DataContract> dataSets, boolean json, Body body) {
    register.started(run, command);
    ContractVersions versions = new ContractVersions(lakehouse.database());
    dataSets.forEach(each -> versions.edited(each).ifPresent(lakehouse.progress()::say));
    try (var unused = OnInterrupt.BEFORE_SPARK_STOPS.run(this::interrupted)) {
      body.run(jobs(), steps);
      int code = steps.exitCode().number();
      Report report = new GatherReport(lakehouse).of(steps, command, dataSets, asked);
      Path page = new WriteReport(lakehouse.home()).write(report);
      if (steps.allNothingToDo()) {
        lakehouse.progress().say("NothingToDo: there was nothing to do in any step");
      }
      lakehouse.progress().say("report: " + page);
      if (json) {
        System.out.println(ReportJson.text(report));
      }
      register.finished(run, code);
      return code;
    }
  }

  WireJobs jobs() {
    return new WireJobs(lakehouse, run);
  }

  RunContext run() {
    return run;
  }

  /** A query that the report shall show. */
  void asked(Report.Asked query) {
    asked.add(query);
  }

  private void interrupted() {
    lakehouse.progress().say("interrupted; the next run goes on where this one stopped");
    register.finished(run, INTERRUPTED);
  }
}
