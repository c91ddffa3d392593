package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.GuardedCatalog;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.ApplyContract;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.registry.ContractVersions;
import dev.sluice.pipelines.registry.RunRegister;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.session.OpenCatalog;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.iceberg.catalog.TableIdentifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice contracts apply}: create the tables that are declared and missing. */
@Command(
    name = "apply",
    description = "Creates the tables that contracts declare and that do not exist yet.",
    footerHeading = "%nExamples:%n",
    footer = {"  sluice contracts apply", "  sluice contracts apply flights --dry-run"})
public final class ContractsApply implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();

  @Option(names = "--dry-run", description = "Only say what would be created.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    Progress progress = Console.of(false).progress();
    SluiceConfig config = home.config();
    try (Lakehouse lakehouse = Lakehouse.open(home.home(), config, progress);
        GuardedCatalog catalog = OpenCatalog.of(config)) {
      List<DataSetOptions.Chosen> chosen = dataSets.of(lakehouse.contracts());
      ContractVersions versions = new ContractVersions(lakehouse.database());
      chosen.forEach(each -> versions.mustReadAsApplied(each.contract()));
      for (DataSetOptions.Chosen each : chosen) {
        for (String table : ApplyContract.tables(each.contract(), each.tenant())) {
          boolean there = catalog.tableExists(TableIdentifier.parse(table));
          progress.say((there ? "exists   " : dryRun ? "would create " : "creates  ") + table);
        }
      }
      if (!dryRun) {
        create(lakehouse, catalog, chosen);
      }
    }
    return 0;
  }

  private static void create(
      Lakehouse lakehouse, GuardedCatalog catalog, List<DataSetOptions.Chosen> chosen) {
    RunContext run = RunContext.start(CodeVersion.TEXT, Clock.systemUTC());
    RunRegister register = new RunRegister(lakehouse.database());
    register.started(run, "contracts apply");
    ApplyContract apply = new ApplyContract(catalog, new ContractVersions(lakehouse.database()));
    for (DataSetOptions.Chosen each : chosen) {
      DataContract contract = each.contract();
      TenantId tenant = each.tenant();
      apply.to(contract, List.of(tenant), run.id());
    }
    register.finished(run, 0);
  }
}
