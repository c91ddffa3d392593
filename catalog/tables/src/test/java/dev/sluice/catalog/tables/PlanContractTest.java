package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AContract.CITY;
import static dev.sluice.catalog.tables.AContract.column;
import static dev.sluice.catalog.tables.AContract.optional;
import static dev.sluice.catalog.tables.AContract.struct;
import static dev.sluice.catalog.tables.AContract.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Field;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Evolution;
import dev.sluice.catalog.contract.Migration;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.RowRule;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import dev.sluice.catalog.tables.PlanContract.PlannedTable;
import dev.sluice.catalog.tables.PlanContract.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanContractTest {
  private static final PrivacyMethod KEEP = new PrivacyMethod.Keep();
  private static final List<StageColumn> FIRST =
      List.of(
          column("oid", Simple.INT, KEEP),
          column("seen_at", Simple.TIMESTAMP, KEEP),
          column("plate", Simple.STRING, new PrivacyMethod.SivToken("plate")),
          column("price", new ColumnType.Decimal(9, 2), KEEP),
          column("speed", Simple.FLOAT, KEEP),
          column("box", struct(new Field("x", Simple.INT, true)), KEEP));

  @TempDir Path directory;
  private GuardedCatalog catalog;
  private PlanContract contracts;

  @BeforeEach
  void apply() {
    catalog = TestCatalogs.onSqlite(directory);
    contracts = new PlanContract(catalog);
    contracts.apply(contract("1.0.0", FIRST), CITY);
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void whatIsAppliedIsPlannedNoMore() {
    assertThat(contracts.plan(contract("1.0.0", FIRST), CITY))
        .extracting(PlannedTable::state)
        .containsOnly(State.SAME);
  }

  @Test
  void additiveChangesReachEveryDepthAndKeepFieldIds() {
    int oid = stage().schema().findField("oid").fieldId();
    DataContract next =
        contract(
            "1.1.0",
            List.of(
                column("oid", Simple.BIGINT, KEEP),
                column("seen_at", Simple.TIMESTAMP, KEEP),
                column("plate", Simple.STRING, new PrivacyMethod.SivToken("plate")),
                column("price", new ColumnType.Decimal(12, 2), KEEP),
                optional(column("speed", Simple.DOUBLE, KEEP)),
                column(
                    "box",
                    struct(new Field("x", Simple.BIGINT, true), new Field("y", Simple.INT, false)),
                    KEEP),
                optional(column("colour", Simple.STRING, KEEP))));

    assertThat(planned(next).steps())
        .containsExactlyInAnyOrder(
            "widen oid from int to long",
            "widen price from decimal(9, 2) to decimal(12, 2)",
            "let speed be missing",
            "widen speed from float to double",
            "widen box.x from int to long",
            "add column box.y int",
            "add column colour string");
    contracts.apply(next, CITY);

    assertThat(new FormText(stage().schema(), stage().spec()).text())
        .startsWith(
            "(oid long required, seen_at timestamptz required, plate string required, price"
                + " decimal(12, 2) required, speed double, box struct(x long required, y int)"
                + " required, _edition long required,")
        .contains("colour string")
        .endsWith("[day(seen_at), bucket[4](oid)]");
    assertThat(stage().schema().findField("oid").fieldId()).isEqualTo(oid);
    assertThat(contracts.plan(next, CITY)).extracting(PlannedTable::state).containsOnly(State.SAME);
    assertThat(new ZoneTables(catalog).stage(next, CITY).uuid()).isEqualTo(stage().uuid());
  }

  @Test
  void changedRulesAreShownAndAppliedUnderAnyVersion() {
    DataContract like = contract("1.0.1", FIRST);
    DataContract next =
        new DataContract(
            like.id(),
            like.version(),
            like.tenants(),
            like.source(),
            new StageTable(
                like.stage().name(),
                like.stage().columns(),
                like.stage().eventTime(),
                Duration.ofDays(3),
                like.stage().partitioning(),
                List.of("oid"),
                List.of(new RowRule("not_fast", "speed < 300", "Nobody is.")),
                List.of()),
            like.references(),
            like.products(),
            like.owner(),
            "");

    assertThat(planned(next).notes())
        .containsExactly(
            "contract version 1.0.0 to 1.0.1",
            "duplicatesWithin changes from PT168H to PT72H",
            "rule.not_fast is new",
            "new files are sorted by [oid ASC]");
    contracts.apply(next, CITY);

    assertThat(planned(next).state()).isEqualTo(State.SAME);
    assertThat(stage().sortOrder().fields()).hasSize(1);
  }

  @Test
  void anInterruptedPromotionIsFinishedUnderItsVersionFirst() {
    Table aside = catalog.loadTable(TableIdentifier.of("city_quarantine", "street_sightings"));
    EmptyCommit.close(
        aside,
        StampText.read(AStamp.ofEdition(1).taking("city_raw.street_sightings", 0, 4).text()));

    PlannedTable planned =
        planned(contract("1.1.0", with(FIRST, optional(column("colour", Simple.STRING, KEEP)))));

    assertThat(planned.state()).isEqualTo(State.REFUSED);
    assertThat(planned.refused()).singleElement().asString().contains("sluice promote");
  }

  @Test
  void everythingThatIsNotAdditiveIsRefusedAtOnceAndNothingIsDone() {
    DataContract next =
        contract(
            "1.1.0",
            List.of(
                column("oid", Simple.INT, KEEP),
                column("seen_at", Simple.TIMESTAMP, KEEP),
                column("plate", Simple.STRING, new PrivacyMethod.HmacPseudonym("plate")),
                column("cost", Simple.STRING, KEEP),
                column("speed", Simple.INT, KEEP),
                column("box", struct(new Field("z", Simple.INT, true)), KEEP)));

    List<String> refused = planned(next).refused();

    assertThat(String.join("\n", refused))
        .contains("column price stands in the table and not in the contract")
        .contains("part box.x stands in the table")
        .contains("part box.z is added as required")
        .contains("speed would change from float to int")
        .contains("the privacy method of plate would change")
        .contains("[cost] would be required");
    assertThatThrownBy(() -> contracts.apply(next, CITY))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.why()).isEqualTo(Refused.Why.CONTRACT));
    assertThat(contracts.plan(contract("1.0.0", FIRST), CITY))
        .extracting(PlannedTable::state)
        .containsOnly(State.SAME);
  }

  @Test
  void columnsDoNotChangeUnderTheSameOrAnEarlierVersion() {
    List<StageColumn> more = with(FIRST, optional(column("colour", Simple.STRING, KEEP)));

    assertThat(planned(contract("1.0.0", more)).refused())
        .singleElement()
        .asString()
        .contains("raise the version");
    assertThat(planned(contract("0.9.0", FIRST)).refused())
        .singleElement()
        .asString()
        .contains("ahead of the contract's");
  }

  @Test
  void aMigrationRenamesAndLetsColumnsStepAsideWithTheirValues() {
    int price = stage().schema().findField("price").fieldId();
    int speed = stage().schema().findField("speed").fieldId();
    DataContract next =
        migrating(
            List.of(
                column("oid", Simple.INT, KEEP),
                column("seen_at", Simple.TIMESTAMP, KEEP),
                column("plate", Simple.STRING, new PrivacyMethod.HmacPseudonym("plate")),
                column("cost", new ColumnType.Decimal(9, 2), KEEP),
                column("box", struct(new Field("left", Simple.INT, true)), KEEP)),
            new Migration.OfTable(
                "street_sightings",
                Map.of("price", "cost", "box.x", "box.left"),
                Set.of("speed"),
                Set.of("plate")));

    contracts.apply(next, CITY);

    assertThat(stage().schema().findField("cost").fieldId()).isEqualTo(price);
    assertThat(stage().schema().findField("_speed_until_2").fieldId()).isEqualTo(speed);
    assertThat(stage().schema().findField("_speed_until_2").isOptional()).isTrue();
    assertThat(stage().schema().findField("box.left")).isNotNull();
    assertThat(stage().schema().findField("plate").isOptional()).isTrue();
    assertThat(stage().properties())
        .containsEntry("write.metadata.metrics.column.plate", "none")
        .containsEntry("write.metadata.metrics.column._plate_until_2", "none");
    assertThat(contracts.plan(next, CITY)).extracting(PlannedTable::state).containsOnly(State.SAME);
    assertThat(new ZoneTables(catalog).stage(next, CITY).uuid()).isEqualTo(stage().uuid());
  }

  @Test
  void aMigrationLeadsAwayFromTheVersionItNames() {
    Migration fromTwo = new Migration(2, List.of(Migration.OfTable.nothing("street_sightings")));

    assertThat(
            planned(contract("3.0.0", FIRST, new Evolution(Optional.of(fromTwo), Optional.empty())))
                .refused())
        .singleElement()
        .asString()
        .contains("leads away from version 2.x; the table stands at 1.0.0");
  }

  private PlannedTable planned(DataContract contract) {
    return contracts.plan(contract, CITY).stream()
        .filter(table -> table.table().equals("city_stage.street_sightings"))
        .findFirst()
        .orElseThrow();
  }

  private Table stage() {
    return catalog.loadTable(TableIdentifier.of("city_stage", "street_sightings"));
  }

  private static DataContract contract(String version, List<StageColumn> columns) {
    return contract(version, columns, Evolution.NONE);
  }

  private static DataContract migrating(List<StageColumn> columns, Migration.OfTable table) {
    return contract(
        "2.0.0",
        columns,
        new Evolution(Optional.of(new Migration(1, List.of(table))), Optional.empty()));
  }

  private static DataContract contract(
      String version, List<StageColumn> columns, Evolution evolution) {
    DataContract like = AContract.sightings();
    StageTable stage = like.stage();
    return new DataContract(
            like.id(),
            version,
            like.tenants(),
            like.source(),
            new StageTable(
                stage.name(),
                columns,
                stage.eventTime(),
                stage.duplicatesWithin(),
                stage.partitioning(),
                stage.sortedBy(),
                stage.rowRules(),
                stage.setRules()),
            like.references(),
            like.products(),
            like.owner(),
            "")
        .with(evolution);
  }
}
