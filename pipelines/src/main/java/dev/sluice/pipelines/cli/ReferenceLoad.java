package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.registry.Database;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.runner.WrongUsage;
import dev.sluice.pipelines.services.LoadReferenceIntoPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice reference load}: replace reference data by a file's. */
@Command(
    name = "load",
    description = "Replaces reference data in Postgres by a CSV file, all or nothing.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice reference load locations catalog/contracts/samples/locations.csv",
      "  sluice reference load locations new-locations.csv --dry-run"
    })
public final class ReferenceLoad implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();

  @Parameters(index = "0", paramLabel = "NAME", description = "Name in the contract.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "FILE.csv", description = "With a header line.")
  private Path csv = Path.of("");

  @Option(names = "--dry-run", description = "Read and check the file; load nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    Progress progress = Console.of(false).progress();
    SluiceConfig config = home.config();
    ReferenceTable table = find(name, ContractFolder.read(config.contracts()));
    LoadReferenceIntoPostgres load = new LoadReferenceIntoPostgres(new Database(config.postgres()));
    progress.say(
        (dryRun ? planned(load.plan(table, csv)) : "loaded " + load.load(table, csv) + " rows")
            + " into "
            + LoadReferenceIntoPostgres.qualified(table));
    return 0;
  }

  private static String planned(LoadReferenceIntoPostgres.Plan plan) {
    return (plan.makesTable() ? "would make the table anew and load " : "would load ")
        + plan.rows()
        + " rows in place of "
        + plan.before();
  }

  private static ReferenceTable find(String name, List<DataContract> contracts) {
    List<ReferenceTable> all = contracts.stream().flatMap(c -> c.references().stream()).toList();
    return all.stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongUsage(
                    "No contract has reference data '"
                        + name
                        + "'; there are: "
                        + String.join(", ", all.stream().map(ReferenceTable::name).toList())));
  }
}
