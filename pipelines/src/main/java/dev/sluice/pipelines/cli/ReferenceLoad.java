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
import picocli.CommandLine.Parameters;

/** {@code sluice reference load}: replace reference data by a file's. */
@Command(
    name = "load",
    description = "Replaces reference data in Postgres by a CSV file, all or nothing.",
    footerHeading = "%nExample:%n",
    footer = "  sluice reference load locations catalog/contracts/samples/locations.csv")
public final class ReferenceLoad implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();

  @Parameters(index = "0", paramLabel = "NAME", description = "Name in the contract.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "FILE.csv", description = "With a header line.")
  private Path csv = Path.of("");

  @Override
  public Integer call() throws IOException {
    Progress progress = Console.of(false).progress();
    SluiceConfig config = home.config();
    ReferenceTable table = find(name, ContractFolder.read(config.contracts()));
    long rows = new LoadReferenceIntoPostgres(new Database(config.postgres())).load(table, csv);
    progress.say("loaded " + rows + " rows into " + LoadReferenceIntoPostgres.qualified(table));
    return 0;
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
