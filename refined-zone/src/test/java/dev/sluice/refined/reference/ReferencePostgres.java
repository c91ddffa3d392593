package dev.sluice.refined.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.PasswordReference;
import dev.sluice.catalog.tables.ZoneTables;
import dev.sluice.refined.fixture.Shop;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;

/** A Postgres with reference tables, a role that may read them, and jobs that refresh from it. */
final class ReferencePostgres implements AutoCloseable {
  static final String SECRET = "not-in-any-message-81f3";

  private final Lake lake = SharedLake.lake();
  private final Path folder;
  private final EmbeddedPostgres postgres;

  private ReferencePostgres(Path folder, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  /** Starts it; the password of role {@code reader} is in a file of the folder. */
  static ReferencePostgres start(Path folder) throws IOException, SQLException {
    ReferencePostgres started = new ReferencePostgres(folder, EmbeddedPostgres.builder().start());
    Files.writeString(folder.resolve("password"), SECRET + "\n");
    started.sql("CREATE ROLE reader LOGIN PASSWORD '" + SECRET + "'");
    return started;
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }

  Given given(String tenant, String table, ReferenceTable reference) {
    return given(tenant, table, reference, ReferenceSize.USUAL);
  }

  Given given(String tenant, String table, ReferenceTable reference, ReferenceSize size) {
    DataContract contract = Shop.of(tenant).contract();
    new ZoneTables(lake.catalog()).reference(contract, new TenantId(tenant), reference);
    return new Given(
        job(tenant, contract, reference, source(table), size),
        tenant + "_reference." + reference.name());
  }

  RefreshReference job(
      String tenant,
      DataContract contract,
      ReferenceTable reference,
      ReferenceSource source,
      ReferenceSize size) {
    return new RefreshReference(
        lake,
        source,
        reference,
        contract,
        new TenantId(tenant),
        new RunContext("r1", "test", Instant.EPOCH),
        size);
  }

  private ReferenceSource source(String table) {
    return new ReferenceSource(
        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
        "reader",
        new PasswordReference("file:" + folder.resolve("password")),
        table);
  }

  final class Given {
    private final RefreshReference job;
    private final String table;

    Given(RefreshReference job, String table) {
      this.job = job;
      this.table = table;
    }

    RefreshReference job() {
      return job;
    }

    JobOutcome refresh() {
      return job.run();
    }

    Touched touchedSince(long edition) {
      return Heads.touchedSince(lake.table(table), edition);
    }

    Head head() {
      return lake.head(table);
    }

    String failed(FailureKind kind) {
      JobOutcome outcome = refresh();
      assertThat(outcome).isInstanceOf(JobOutcome.Failed.class);
      assertThat(((JobOutcome.Failed) outcome).kind()).isEqualTo(kind);
      return ((JobOutcome.Failed) outcome).what();
    }

    List<String> rows() {
      return lake.read(table).drop(Lake.EDITION).collectAsList().stream()
          .map(Row::toString)
          .sorted()
          .toList();
    }
  }

  static ReferenceTable reference(ReferenceTable.Column... columns) {
    return new ReferenceTable("things", List.of(columns), List.of("id"));
  }

  static ReferenceTable.Column column(String name, ColumnType type) {
    return new ReferenceTable.Column(name, type, false, Classification.OPEN);
  }

  void sql(String text) throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
