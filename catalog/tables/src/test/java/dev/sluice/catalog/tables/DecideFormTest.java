package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Touched;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where main may go and what of a table may change, alone: no catalog, no files. */
class DecideFormTest {
  @Test
  void mainDoesNotGoBack() {
    TableMetadata one =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));
    TableMetadata two = Metadata.with(one, 2, AStamp.ofEdition(2).taking(CAMERA, 10, 20));

    assertThatThrownBy(() -> Metadata.decide(two, Metadata.mainAt(two, 1)))
        .isInstanceOf(MainWouldGoBack.class)
        .hasMessageContaining("rewind");
  }

  @Test
  void mainDoesNotGoBackToWhatHasLostItsParents() {
    TableMetadata one =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));
    TableMetadata two = Metadata.with(one, 2, AStamp.ofEdition(2).taking(CAMERA, 10, 20));
    TableMetadata three = Metadata.with(two, 3, AStamp.ofEdition(3).taking(CAMERA, 20, 30));
    TableMetadata expired =
        TableMetadata.buildFrom(three).removeSnapshots(Set.of(1L)).discardChanges().build();

    assertThatThrownBy(() -> Metadata.decide(expired, Metadata.mainAt(expired, 2)))
        .isInstanceOf(MainWouldGoBack.class);
  }

  @Test
  void aNewSnapshotOverAnExpiredOneIsRefused() {
    TableMetadata one =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));

    Metadata.assertRefused(
        Refused.Why.UNPROVEN,
        one,
        Metadata.onMain(
            one, FakeSnapshot.append(5, 4L).stamped(AStamp.ofEdition(2).taking(CAMERA, 10, 20))));
  }

  @Test
  void aNewSnapshotThatDoesNotDescendFromMainIsRefused() {
    TableMetadata one =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));

    Metadata.assertRefused(
        Refused.Why.REPLACE,
        one,
        Metadata.onMain(
            one, FakeSnapshot.append(5, null).stamped(AStamp.ofEdition(2).taking(CAMERA, 10, 20))));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"sluice.head", "sluice.touched", "sluice.governed"})
  void whatTheGuardKeepsIsNotSetByOthers(String property) {
    TableMetadata base =
        Metadata.with(
            Metadata.governed(),
            1,
            AStamp.ofEdition(1).taking(CAMERA, 0, 10).touching(Touched.of(List.of("a"))));

    Metadata.assertRefused(
        Refused.Why.HEAD_TAMPERED,
        base,
        TableMetadata.buildFrom(base).setProperties(Map.of(property, "{}")).build());
    Metadata.assertRefused(
        Refused.Why.HEAD_TAMPERED,
        base,
        TableMetadata.buildFrom(base).removeProperties(Set.of(property)).build());
  }

  @Test
  void aTableIsNotBornWithAHead() {
    assertThatThrownBy(
            () ->
                Metadata.decide(
                    null, Metadata.table(Map.of("sluice.head", HeadText.write(Head.NONE)))))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.why()).isEqualTo(Refused.Why.HEAD_TAMPERED));
  }

  @Test
  void aTableThatClaimsEncryptionIsRefused() {
    TableMetadata base = Metadata.governed();

    Metadata.assertRefused(
        Refused.Why.KEY,
        base,
        TableMetadata.buildFrom(base).setProperties(Map.of("encryption.key-id", "k")).build());
  }

  @Test
  void columnsOfAGovernedTableChangeOnlyWithItsContract() {
    TableMetadata base = Metadata.governed();
    Schema wider =
        new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "item", Types.StringType.get()));

    Metadata.assertRefused(Refused.Why.CONTRACT, base, base.updateSchema(wider));
    TableMetadata declared =
        TableMetadata.buildFrom(base.updateSchema(wider))
            .setProperties(Map.of(GovernedTables.CONTRACT_VERSION, "2.0.0"))
            .build();
    assertThat(Metadata.decide(base, declared).metadata()).isSameAs(declared);
  }

  @Test
  void evenANewMajorVersionTakesNoColumnAwayAndDemandsNoValueOfOldRows() {
    assertRefused(
        "2.0.0",
        new Schema(Types.NestedField.required(2, "id", Types.LongType.get())),
        new Schema(Types.NestedField.required(1, "id", Types.StringType.get())),
        new Schema(Types.NestedField.required(1, "id", Types.IntegerType.get())),
        new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.required(2, "item", Types.StringType.get())));
  }

  @Test
  void onlyANewMajorVersionRenames() {
    Schema renamed = new Schema(Types.NestedField.required(1, "renamed", Types.LongType.get()));

    assertRefused("1.1.0", renamed);
    assertAgreed("2.0.0", renamed);
  }

  @Test
  void aVersionThatRisesLetsAValueBeMissing() {
    Schema looser = new Schema(Types.NestedField.optional(1, "id", Types.LongType.get()));

    assertRefused("1.0.0", looser);
    assertRefused("0.9.0", looser);
    assertAgreed("1.0.1", looser);
  }

  private static void assertRefused(String version, Schema... schemas) {
    for (Schema schema : schemas) {
      Metadata.assertRefused(Refused.Why.CONTRACT, Metadata.governed(), changed(version, schema));
    }
  }

  private static void assertAgreed(String version, Schema schema) {
    TableMetadata next = changed(version, schema);
    assertThat(Metadata.decide(Metadata.governed(), next).metadata()).isSameAs(next);
  }

  private static TableMetadata changed(String version, Schema schema) {
    return TableMetadata.buildFrom(Metadata.governed())
        .setCurrentSchema(schema, 2)
        .setProperties(Map.of(GovernedTables.CONTRACT_VERSION, version))
        .build();
  }
}
