package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AContract.CITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PrivacyMethod;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneTablesTest {
  private final DataContract contract = AContract.sightings();
  @TempDir Path directory;
  private GuardedCatalog catalog;
  private ZoneTables zones;

  @BeforeEach
  void open() {
    catalog = TestCatalogs.onSqlite(directory);
    zones = new ZoneTables(catalog);
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void rawHoldsBytesByDayOfLanding() {
    Table raw = zones.raw(contract, CITY);

    assertThat(raw.name()).isEqualTo("lake.city_raw.street_sightings");
    assertThat(text(raw))
        .isEqualTo(
            "(_edition long required, lane string required, sequence long required, source_time"
                + " timestamptz required, landed_at timestamptz required, key binary, value binary,"
                + " headers list<struct(key string required, value binary)>) partitioned by"
                + " [day(landed_at)]");
    assertThat(raw.properties())
        .containsEntry("sluice.governed", "true")
        .containsEntry("sluice.contract", "street-sightings")
        .containsEntry("sluice.contract-version", "1.2.0")
        .containsEntry("write.distribution-mode", "none")
        .containsEntry("write.parquet.compression-codec", "zstd")
        .containsEntry("write.metadata.delete-after-commit.enabled", "true")
        .containsEntry("write.metadata.previous-versions-max", "100");
    assertThat(metrics(raw, "value", "key", "headers.element.value"))
        .containsOnly(MetricsModes.None.get());
    assertThat(metrics(raw, "_edition", "sequence", "lane", "landed_at", "source_time"))
        .doesNotContain(MetricsModes.None.get());
  }

  @Test
  void stageHasTheContractsColumnsAndWhereRowsCameFrom() {
    Table stage = zones.stage(contract, CITY);

    assertThat(text(stage))
        .isEqualTo(
            "(oid long required, seen_at timestamptz required, plate string required, gone string,"
                + " boxes list<struct(x decimal(9, 3) required, day date)> required, _edition long"
                + " required, _lane string required, _sequence long required, _raw_edition long"
                + " required, _contract_version string required) partitioned by [day(seen_at),"
                + " bucket[4](oid)]");
    assertThat(stage.sortOrder().fields()).hasSize(2);
    assertThat(stage.properties()).containsEntry("write.distribution-mode", "hash");
    assertThat(stage.schema().findField("plate").doc()).isEqualTo("what plate is");
    assertThat(metrics(stage, "plate")).containsOnly(MetricsModes.None.get());
    assertThat(metrics(stage, "oid", "_edition")).doesNotContain(MetricsModes.None.get());
  }

  @Test
  void quarantineReferenceAndProductAreMadeToo() {
    assertThat(text(zones.quarantine(contract, CITY)))
        .startsWith("(_edition long required, lane string required, sequence long required,")
        .endsWith("partitioned by [identity(fate)]");
    assertThat(text(zones.reference(contract, CITY, AContract.places())))
        .isEqualTo(
            "(place long required, keeper string, _edition long required) partitioned by []");
    assertThat(text(zones.product(contract, CITY, AContract.perDay())))
        .isEqualTo(
            "(day date required, seen long required, _edition long required) partitioned by"
                + " [identity(day)]");
    assertThat(catalog.listNamespaces())
        .containsExactlyInAnyOrder(
            Namespace.of("city_quarantine"),
            Namespace.of("city_reference"),
            Namespace.of("city_refined"));
  }

  @Test
  void makingTwiceChangesNothing() {
    for (Function<ZoneTables, Table> make :
        List.<Function<ZoneTables, Table>>of(
            z -> z.raw(contract, CITY),
            z -> z.quarantine(contract, CITY),
            z -> z.stage(contract, CITY),
            z -> z.reference(contract, CITY, AContract.places()),
            z -> z.product(contract, CITY, AContract.perDay()))) {
      Table first = make.apply(zones);
      assertThat(make.apply(zones).uuid()).isEqualTo(first.uuid());
    }
  }

  @Test
  void anExistingTableOfAnotherFormIsRefused() {
    zones.stage(contract, CITY);
    DataContract wider =
        AContract.sightings(
            AContract.column("extra", ColumnType.Simple.INT, new PrivacyMethod.Keep()));

    assertThatThrownBy(() -> zones.stage(wider, CITY))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.why()).isEqualTo(Refused.Why.CONTRACT))
        .hasMessageContaining("extra int required")
        .hasMessageContaining("found (oid long");
  }

  @Test
  void anExistingTableThatIsNotGovernedIsRefused() {
    catalog.createNamespace(Namespace.of("city_raw"));
    catalog.createTable(
        org.apache.iceberg.catalog.TableIdentifier.of("city_raw", "street_sightings"),
        FixedColumns.raw(),
        org.apache.iceberg.PartitionSpec.builderFor(FixedColumns.raw()).day("landed_at").build(),
        Map.of());

    assertThatThrownBy(() -> zones.raw(contract, CITY)).isInstanceOf(Refused.class);
  }

  @Test
  void columnsAreAddedWhenTheContractsVersionChangesInTheSameCommit() {
    Table stage = zones.stage(contract, CITY);

    assertThatThrownBy(
            () -> stage.updateSchema().addColumn("extra", Types.StringType.get()).commit())
        .isInstanceOf(Refused.class);
    var apply = stage.newTransaction();
    apply.updateSchema().addColumn("extra", Types.StringType.get()).commit();
    apply.updateProperties().set(GovernedTables.CONTRACT_VERSION, "1.3.0").commit();
    apply.commitTransaction();

    stage.refresh();
    assertThat(stage.schema().findField("extra")).isNotNull();
  }

  private static String text(Table table) {
    return new FormText(table.schema(), table.spec()).text();
  }

  private static List<MetricsModes.MetricsMode> metrics(Table table, String... columns) {
    MetricsConfig config = MetricsConfig.forTable(table);
    return List.of(columns).stream().map(config::columnMode).toList();
  }
}
