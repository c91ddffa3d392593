package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.pipelines.bench.CompareWithBareSpark;
import dev.sluice.pipelines.bench.MeasureBackfill;
import dev.sluice.pipelines.bench.MeasureFileLanding;
import dev.sluice.pipelines.config.EmbeddedConfig;
import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.config.ReadConfig;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.ApplyContract;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.jobs.WireFiles;
import dev.sluice.pipelines.jobs.WireJobs;
import dev.sluice.pipelines.registry.RunRegister;
import dev.sluice.pipelines.report.ReportJson;
import dev.sluice.pipelines.runner.OnInterrupt;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.services.EmbeddedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice bench}: our jobs against bare Spark on the same messages. */
@Command(
    name = "bench",
    description = {
      "Lands and promotes the same generated messages by our jobs and by bare Spark, in turns, and",
      "prints the ratios. Works in a home of its own, bench-<time> below the given one, which is",
      "removed at the end."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice bench --quick",
      "  sluice bench --rows 1000000 --rounds 5 --json",
      "  sluice bench --files --rows 1000000",
      "  sluice bench --backfill --rows 20000"
    })
public final class Bench implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();

  @Option(names = "--quick", description = "Three rounds of 100,000 messages; the default.")
  private boolean quick;

  @Option(names = "--rows", description = "Messages a round (default: ${DEFAULT-VALUE}).")
  private long rows = 100_000;

  @ArgGroup(exclusive = true)
  private Kind kind = new Kind();

  /** What is measured, when not landing and promotion in the contract's layout. */
  private static final class Kind {
    @Option(
        names = "--files",
        description = {
          "Land dropped files instead: as many rows in one file and in a thousand, and one file",
          "beside few and beside many that were taken before."
        })
    private boolean files;

    @Option(
        names = "--backfill",
        description =
            "Promote seven days one by one, --rows each, and do them again by a backfill.")
    private boolean backfill;

    @Option(
        names = "--plain",
        description = "Bare Spark writes stage without the contract's partitions and order.")
    private boolean plain;
  }

  @Option(
      names = "--rounds",
      description = "Rounds that count, after two to warm up (default: ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Console console = Console.of(json);
    Progress progress = console.progress();
    Home own = new Home(home.home().folder().resolve("bench-" + System.currentTimeMillis()));
    var unused = OnInterrupt.AFTER_SPARK_STOPPED.run(() -> remove(own, progress));
    EmbeddedStack.up(own, progress::say);
    SluiceConfig config =
        ReadConfig.from(new EmbeddedConfig(own, Up.defaultContracts()).write(progress::say));
    try (Lakehouse lakehouse = Lakehouse.open(own, config, progress)) {
      if (kind.files) {
        print(console, measureFiles(lakehouse, own.temporary()));
      } else if (kind.backfill) {
        print(console, measureBackfill(lakehouse));
      } else {
        print(console, measure(lakehouse, own.temporary()));
      }
    }
    return 0;
  }

  private static void remove(Home own, Progress progress) {
    EmbeddedStack.down(own, progress::say);
    try (Stream<Path> all = Files.walk(own.folder())) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(Bench.class).info("{} stays", own.folder(), e);
    }
  }

  private CompareWithBareSpark.Figures measure(Lakehouse lakehouse, Path scratch) throws Exception {
    DataContract contract = contract(lakehouse);
    TenantId tenant = contract.tenants().get(0);
    RunContext run = begin(lakehouse, contract, tenant);
    lakehouse.progress().say(contract + ", " + rows + " messages a round");
    return new CompareWithBareSpark(
            lakehouse,
            new WireJobs(lakehouse, run),
            contract,
            tenant,
            scratch.resolve("bench"),
            kind.plain)
        .measure(quick ? 3 : rounds, quick ? 100_000 : rows);
  }

  private MeasureFileLanding.Figures measureFiles(Lakehouse lakehouse, Path scratch)
      throws IOException {
    DataContract contract = contract(lakehouse);
    TenantId tenant = contract.tenants().get(0);
    RunContext run = begin(lakehouse, contract, tenant);
    int all = Math.toIntExact(quick ? 100_000 : rows);
    return new MeasureFileLanding(
            lakehouse, new WireFiles(lakehouse, run), contract, tenant, scratch.resolve("drop"))
        .measure(all, all / 1000, 5_000);
  }

  private MeasureBackfill.Figures measureBackfill(Lakehouse lakehouse) throws IOException {
    DataContract contract = contract(lakehouse);
    TenantId tenant = contract.tenants().get(0);
    RunContext run = begin(lakehouse, contract, tenant);
    return new MeasureBackfill(lakehouse, new WireJobs(lakehouse, run), contract, tenant)
        .measure(7, quick ? 20_000 : rows);
  }

  private static DataContract contract(Lakehouse lakehouse) {
    return lakehouse.contracts().stream()
        .filter(c -> !c.references().isEmpty())
        .findFirst()
        .orElse(lakehouse.contracts().get(0));
  }

  private static RunContext begin(Lakehouse lakehouse, DataContract contract, TenantId tenant) {
    RunContext run = RunContext.start(CodeVersion.TEXT, Clock.systemUTC());
    new RunRegister(lakehouse.database()).started(run, "bench");
    new ApplyContract(lakehouse.lake().catalog(), lakehouse.database())
        .to(contract, List.of(tenant), run.id());
    return run;
  }

  private void print(Console console, MeasureFileLanding.Figures figures) {
    if (json) {
      console.results().println(ReportJson.text(figures));
      return;
    }
    line(console, "as many rows in files of 1,000, times one file", figures.ratioOfMany(), "< 3");
    line(
        console,
        figures.many() + " files taken, times " + figures.few() + " taken",
        figures.growth(),
        "wanted near 1");
  }

  private void print(Console console, MeasureBackfill.Figures figures) {
    if (json) {
      console.results().println(ReportJson.text(figures));
      return;
    }
    line(
        console,
        "backfill of " + figures.days() + " days, times their promotions",
        figures.ratio(),
        "wanted <= 1");
  }

  private void print(Console console, CompareWithBareSpark.Figures figures) {
    if (json) {
      console.results().println(ReportJson.text(figures));
      return;
    }
    line(
        console, "landing, share of bare Spark's rate", figures.landing().ratio(), "wanted >= 0.9");
    line(
        console,
        "promotion, share of bare decode, dedupe, append",
        figures.promotion().ratio(),
        "wanted >= 0.6");
    line(
        console, "promotion of nothing new, seconds", figures.secondsForNothingNew(), "wanted < 1");
  }

  private static void line(Console console, String what, double value, String wanted) {
    console.results().println(String.format(Locale.ROOT, "%-50s %6.2f   %s", what, value, wanted));
  }
}
