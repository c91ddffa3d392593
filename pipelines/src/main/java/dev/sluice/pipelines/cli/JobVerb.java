package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.Job;
import dev.sluice.pipelines.jobs.JobChains;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.jobs.WireJobs;
import dev.sluice.pipelines.report.ReportJson;
import dev.sluice.pipelines.runner.ExitCode;
import dev.sluice.pipelines.runner.RequireServices;
import dev.sluice.pipelines.runner.RunSteps;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;

/** What the verbs of single jobs have in common: choose data sets, then plan or run their jobs. */
final class JobVerb {
  private final HomeOptions home;
  private final DataSetOptions dataSets;
  private final JobOptions options;
  private final Services required;

  /** Looks whether what these contracts need is there. */
  interface Services {
    void of(RequireServices services, Collection<DataContract> contracts);
  }

  JobVerb(HomeOptions home, DataSetOptions dataSets, JobOptions options, Services required) {
    this.home = home;
    this.dataSets = dataSets;
    this.options = options;
    this.required = required;
  }

  /** Runs all jobs, however each ends. */
  int run(String verb, BiFunction<WireJobs, Chosen, List<Job>> wire) {
    return runChains(verb, (jobs, chosen) -> JobChains.apart(wire.apply(jobs, chosen)));
  }

  /** Runs jobs by what needs what: one that does not end well ends what needs it. */
  int runChains(String verb, BiFunction<WireJobs, Chosen, JobChains> wire) {
    options.begin();
    Console console = Console.of(options.isJson());
    SluiceConfig config = home.config();
    try (Lakehouse lakehouse = Lakehouse.open(home.home(), config, console.progress())) {
      List<Chosen> chosen = dataSets.of(lakehouse.contracts());
      required.of(
          new RequireServices(config), chosen.stream().map(Chosen::contract).distinct().toList());
      return options.isDryRun()
          ? plan(lakehouse, chosen, wire, console)
          : run(verb, lakehouse, chosen, wire);
    }
  }

  private int run(
      String verb,
      Lakehouse lakehouse,
      List<Chosen> chosen,
      BiFunction<WireJobs, Chosen, JobChains> wire) {
    List<DataContract> reported = chosen.stream().map(Chosen::contract).distinct().toList();
    return new CommandRun(verb, lakehouse)
        .of(
            reported,
            options.isJson(),
            (jobs, steps) ->
                chosen.forEach(
                    each -> {
                      JobChains chains = wire.apply(jobs, each);
                      if (allGood(chains.first(), steps)) {
                        chains.then().forEach(chain -> allGood(chain, steps));
                      }
                    }));
  }

  private static boolean allGood(List<Job> chain, RunSteps steps) {
    return chain.stream()
        .allMatch(job -> steps.step(job.place(), job.run()).exitCode() == ExitCode.DONE);
  }

  private record Planned(String place, List<String> plan, boolean nothingToDo) {}

  private int plan(
      Lakehouse lakehouse,
      List<Chosen> chosen,
      BiFunction<WireJobs, Chosen, JobChains> wire,
      Console console) {
    WireJobs jobs = new WireJobs(lakehouse, RunContext.start(CodeVersion.TEXT, Clock.systemUTC()));
    List<Planned> planned = new ArrayList<>();
    for (Chosen each : chosen) {
      for (Job job : wire.apply(jobs, each).all()) {
        JobPlan plan = job.plan().get();
        planned.add(new Planned(job.place().toString(), plan.lines(), plan.nothingToDo()));
        console.progress().plain(job.place() + (plan.nothingToDo() ? ": NothingToDo" : ":"));
        plan.lines().forEach(line -> console.progress().plain("  " + line));
      }
    }
    if (options.isJson()) {
      console.results().println(ReportJson.text(planned));
    }
    return 0;
  }
}
