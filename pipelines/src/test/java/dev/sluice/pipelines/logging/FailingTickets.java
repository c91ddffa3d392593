package dev.sluice.pipelines.logging;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.privacy.KeysetFiles;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.StampedWrite;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.ZoneTables;
import dev.sluice.refined.PromoteStageToRefined;
import dev.sluice.stage.PromoteRawToStage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A data set of one message whose jobs fail on its values, for a tenant of its own. */
final class FailingTickets {
  private final Lake lake = SharedLake.lake();
  private final TenantId tenant;
  private final Path folder;
  private final RunContext run = RunContext.start("test", Clock.systemUTC());

  FailingTickets(String tenant, Path folder) {
    this.tenant = new TenantId(tenant);
    this.folder = folder.resolve(tenant);
  }

  TenantId tenant() {
    return tenant;
  }

  void land(String message) {
    DataContract contract = contract("0");
    ZoneTables tables = new ZoneTables(lake.catalog());
    tables.raw(contract, tenant);
    contract.products().forEach(product -> tables.product(contract, tenant, product));
    Dataset<Row> rows =
        lake.spark()
            .sql(
                "SELECT 'local/tickets@abc/0' AS lane, 0L AS sequence, now() AS source_time,"
                    + " now() AS landed_at, cast(NULL AS binary) AS key,"
                    + " unbase64('"
                    + java.util.Base64.getEncoder()
                        .encodeToString(message.getBytes(StandardCharsets.UTF_8))
                    + "') AS value,"
                    + " cast(NULL AS array<struct<key: string, value: binary>>) AS headers");
    String raw = contract.rawTable(tenant);
    StampedWrite.append(
        rows,
        raw,
        NextStamp.on(
            lake.head(raw),
            run,
            contract,
            Map.of(new Lane("local/tickets@abc/0"), new LaneRange(0, 1))),
        Optional.empty());
  }

  /**
   * @param query what the set rule selects
   */
  JobOutcome promote(String query) {
    return new PromoteRawToStage(
            lake,
            contract(query),
            tenant,
            new KeysetFiles(folder.resolve("keys"), KeysetFiles.Profile.EMBEDDED)
                .createIfMissing(tenant),
            run)
        .run();
  }

  JobOutcome refine(String product) {
    DataContract contract = contract("0");
    Product declared = contract.product(product).orElseThrow();
    return new PromoteStageToRefined(lake, contract, tenant, declared, run).run();
  }

  private DataContract contract(String query) {
    try {
      Files.createDirectories(folder.resolve("sql"));
      for (String name :
          new String[] {"tickets.odcs.yaml", "sql/failing_cast.sql", "sql/unknown_column.sql"}) {
        Files.writeString(
            folder.resolve(name),
            text(name).replace("TENANT_NAME", tenant.name()).replace("QUERY", query));
      }
      return ContractFolder.read(folder).get(0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String text(String name) throws IOException {
    try (InputStream in = FailingTickets.class.getResourceAsStream("/failing/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
