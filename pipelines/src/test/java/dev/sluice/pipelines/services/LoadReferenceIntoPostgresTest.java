package dev.sluice.pipelines.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.ReferenceTable.Column;
import dev.sluice.pipelines.registry.Database;
import dev.sluice.pipelines.registry.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadReferenceIntoPostgresTest {
  private static final ReferenceTable PLACES =
      new ReferenceTable(
          "places",
          List.of(
              column("oid", Simple.BIGINT, true),
              column("name", Simple.STRING, true),
              column("height", new ColumnType.Decimal(6, 2), false),
              column("open", Simple.BOOLEAN, false),
              column("since", Simple.TIMESTAMP, false)),
          List.of("oid"));

  private final Database database = new Database(TestPostgres.settings());
  private final LoadReferenceIntoPostgres load = new LoadReferenceIntoPostgres(database);
  @TempDir Path folder;

  @Test
  void typedRowsReplaceTheOldOnes() throws Exception {
    load.load(PLACES, csv("oid,name,height,open,since\n9,old,,,\n"));

    long rows =
        load.load(
            PLACES,
            csv(
                "name,oid,since,height,open\r\n"
                    + "\"Quay, \"\"old\"\"\",1,2026-01-02T03:04:05+02:00,1.5,true\r\n"
                    + "\"\",2,,,\r\n"));

    assertThat(rows).isEqualTo(2);
    assertThat(query("SELECT oid, name, height, open, since AT TIME ZONE 'UTC' FROM", "ORDER BY 1"))
        .containsExactly("1|Quay, \"old\"|1.50|t|2026-01-02 01:04:05", "2||null|null|null");
  }

  @Test
  void allFaultsAreReportedAtOnceWithoutValuesAndNothingIsLoaded() throws Exception {
    load.load(PLACES, csv("oid,name,height,open,since\n9,old,,,\n"));
    Path file =
        csv(
            "oid,name,height,open,since\n"
                + "1,a,,,\n"
                + "secret1,b,,,\n"
                + "3,,1.555,secret2,\n"
                + "4,d\n"
                + "1,e,,,not-a-time\n"
                + "1,f,,,\n");

    assertThatThrownBy(() -> load.load(PLACES, file))
        .isInstanceOfSatisfying(
            ReferenceFaults.class,
            faults ->
                assertThat(faults.faults().stream().map(f -> f.line() + " " + f.message()))
                    .containsExactly(
                        "3 column oid is no bigint",
                        "4 column name is required and has no value",
                        "4 column height is no decimal(6,2)",
                        "4 column open is no boolean",
                        "5 has 2 fields; expected 5",
                        "6 column since is no timestamp",
                        "7 has the same [oid] as line 2"))
        .hasMessageContaining("places.csv:3:")
        .hasMessageNotContaining("secret");
    assertThat(query("SELECT oid FROM", "")).containsExactly("9");
  }

  @Test
  void aHeaderThatDiffersFromTheContractIsRefused() {
    assertThatThrownBy(() -> load.load(PLACES, csv("oid,name,height,width,oid\n")))
        .isInstanceOf(ReferenceFaults.class)
        .hasMessageContaining("column open is missing")
        .hasMessageContaining("column width is not in the contract")
        .hasMessageContaining("column oid stands more than once");
  }

  @Test
  void brokenUtf8IsAFaultAndNotReplaced() throws IOException {
    Path file = folder.resolve("places.csv");
    Files.write(
        file,
        "oid,name,height,open,since\n1,a,,,\n2,\u00e4,,,\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> load.load(PLACES, file))
        .isInstanceOf(ReferenceFaults.class)
        .hasMessageContaining("places.csv:3: is no UTF-8");
  }

  @Test
  void changedColumnsMakeTheTableAgain() throws Exception {
    load.load(PLACES, csv("oid,name,height,open,since\n9,old,,,\n"));
    ReferenceTable wider =
        new ReferenceTable(
            "places",
            List.of(column("oid", Simple.BIGINT, true), column("zone", Simple.STRING, false)),
            List.of("oid"));

    assertThat(load.plan(wider, csv("oid,zone\n5,north\n6,south\n")))
        .isEqualTo(new LoadReferenceIntoPostgres.Plan(2, 1, true));
    assertThat(query("SELECT name FROM", "")).containsExactly("old");
    load.load(wider, csv("oid,zone\n5,north\n"));
    assertThat(load.plan(wider, csv("oid,zone\n5,north\n6,south\n")))
        .isEqualTo(new LoadReferenceIntoPostgres.Plan(2, 1, false));

    assertThat(query("SELECT * FROM", "")).containsExactly("5|north");
  }

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("places.csv"), text);
  }

  private static Column column(String name, ColumnType type, boolean required) {
    return new Column(name, type, required, Classification.OPEN);
  }

  private List<String> query(String select, String rest) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = database.open();
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(select + " reference.places " + rest)) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        found.add(String.join("|", row));
      }
    }
    return found;
  }
}
