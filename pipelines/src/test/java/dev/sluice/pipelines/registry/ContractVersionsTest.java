package dev.sluice.pipelines.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.catalog.run.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractVersionsTest {
  private static final Path CONTRACTS = Path.of("../catalog/contracts");

  @TempDir Path folder;

  @Test
  void sqlEditedWithoutANewVersionIsTold() throws IOException {
    Database database = TestPostgres.migrated();
    ContractVersions versions = new ContractVersions(database);
    RunContext run = RunContext.start("test", Clock.systemUTC());
    new RunRegister(database).started(run, "apply");
    DataContract applied = contract();
    versions.applied(applied, run.id());
    assertThat(versions.edited(contract())).as("as it was").isEmpty();

    edit("flights.odcs.yaml", "   \n");
    assertThat(versions.edited(contract())).as("a blank at an end").isEmpty();

    edit("sql/delay_by_origin_carrier_month.sql", "-- as of today\n");
    versions.applied(contract(), run.id());

    assertThat(versions.edited(contract()).orElseThrow())
        .contains(
            "flights " + applied.version(),
            "edited without a new version",
            applied.hash().substring(0, 12));
    assertThatThrownBy(() -> versions.mustReadAsApplied(contract()))
        .isInstanceOf(ContractEdited.class);
  }

  private DataContract contract() throws IOException {
    if (!Files.exists(folder.resolve("sql"))) {
      Files.createDirectories(folder.resolve("sql"));
      Files.copy(CONTRACTS.resolve("flights.odcs.yaml"), folder.resolve("flights.odcs.yaml"));
      try (var files = Files.list(CONTRACTS.resolve("sql"))) {
        for (Path file : files.toList()) {
          Files.copy(file, folder.resolve("sql").resolve(file.getFileName()));
        }
      }
    }
    return ContractFolder.read(folder).get(0);
  }

  private void edit(String file, String more) throws IOException {
    Files.writeString(folder.resolve(file), Files.readString(folder.resolve(file)) + more);
  }
}
