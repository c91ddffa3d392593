package dev.sluice.pipelines.report;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.pipelines.jobs.ApplyContract;
import dev.sluice.pipelines.jobs.DroppedProducts;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.jobs.WireJobs;
import dev.sluice.pipelines.registry.DroppedFiles;
import dev.sluice.pipelines.registry.EgressLedger;
import dev.sluice.pipelines.registry.KeptRecipes;
import dev.sluice.pipelines.runner.RunSteps;
import dev.sluice.pipelines.status.DropLag;
import dev.sluice.pipelines.status.KafkaEnds;
import dev.sluice.pipelines.status.LaneLag;
import dev.sluice.pipelines.status.MeasureLag;
import dev.sluice.pipelines.status.ReadTables;
import dev.sluice.pipelines.status.TableState;
import dev.sluice.refined.export.ReadExportedHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers, after the steps of a run, how the tables of some data sets stand. */
public final class GatherReport {
  private final Lakehouse lakehouse;
  private final ReadTables tables;
  private final ReadExportedHead exportedHeads;
  private final MeasureLag lag;

  public GatherReport(Lakehouse lakehouse) {
    this.lakehouse = lakehouse;
    this.tables = new ReadTables(lakehouse.lake().catalog());
    this.exportedHeads = new ReadExportedHead(WireJobs.target(lakehouse.config()));
    this.lag =
        new MeasureLag(
            tables,
            new KafkaEnds(lakehouse.config().kafka()),
            new DropLag(
                lakehouse.home(), lakehouse.config(), new DroppedFiles(lakehouse.database())),
            exportedHeads,
            new DroppedProducts(new KeptRecipes(lakehouse.database()), lakehouse.lake().catalog()));
  }

  /**
   * The report of a run.
   *
   * @param dataSets what to tell the state of
   * @param queries what the run asked beside its steps
   */
  public Report of(
      RunSteps steps, String command, List<DataContract> dataSets, List<Report.Asked> queries) {
    RunContext run = steps.run();
    SortedMap<String, Long> rows = new TreeMap<>();
    SortedMap<String, SortedMap<String, Long>> heads = new TreeMap<>();
    SortedMap<String, Long> editions = new TreeMap<>();
    SortedMap<String, Report.Exported> exported = new TreeMap<>();
    List<Report.Lag> lags = new ArrayList<>();
    SampleTables samples = new SampleTables(lakehouse.lake());
    SampleExported sampleExported = new SampleExported(lakehouse.config());
    List<Report.Aside> aside = new ArrayList<>();
    List<Report.Sample> sampled = new ArrayList<>();
    for (DataContract contract : dataSets) {
      for (TenantId tenant : contract.tenants()) {
        for (String table : ApplyContract.tables(contract, tenant)) {
          tables.state(table).ifPresent(state -> take(state, rows, heads, editions));
        }
        lag.of(contract, tenant).forEach(each -> lags.add(lag(each)));
        contract.products().stream()
            .filter(product -> product.export().isPresent())
            .forEach(product -> exported.put(name(tenant, product), exported(tenant, product)));
        aside.addAll(samples.setAside(contract.quarantineTable(tenant)));
        sampled.addAll(samples.of(contract, tenant));
        sampled.addAll(sampleExported.of(contract, tenant));
      }
    }
    return new Report(
        run.id(),
        command,
        run.codeVersion(),
        run.startedAt().toString(),
        Instant.now().toString(),
        steps.exitCode().number(),
        steps.results().stream().map(DescribeSteps::of).toList(),
        rows,
        heads,
        editions,
        lags,
        exported,
        aside,
        sampled,
        queries);
  }

  private static void take(
      TableState state,
      SortedMap<String, Long> rows,
      SortedMap<String, SortedMap<String, Long>> heads,
      SortedMap<String, Long> editions) {
    rows.put(state.name(), state.rows());
    editions.put(state.name(), state.head().edition());
    SortedMap<String, Long> lanes = new TreeMap<>();
    state.head().lanes().next().forEach((lane, next) -> lanes.put(lane.name(), next));
    heads.put(state.name(), lanes);
  }

  private Report.Exported exported(TenantId tenant, Product product) {
    return new Report.Exported(
        exportedHeads.rows(tenant, product),
        new EgressLedger(lakehouse.database()).sentFor(name(tenant, product)));
  }

  private static String name(TenantId tenant, Product product) {
    return Zone.REFINED.table(tenant, product.name());
  }

  private static Report.Lag lag(LaneLag each) {
    return new Report.Lag(
        each.zone(), each.table(), each.lane(), each.head(), each.end(), each.lag());
  }
}
