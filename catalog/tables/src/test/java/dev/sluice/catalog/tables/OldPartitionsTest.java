package dev.sluice.catalog.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OldPartitionsTest {
  private static final TableIdentifier NAME = TableIdentifier.parse("city_stage.seen");
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "at", Types.TimestampType.withZone()),
          Types.NestedField.required(2, "on", Types.DateType.get()),
          Types.NestedField.required(3, "place", Types.StringType.get()));

  @TempDir private Path folder;
  private GuardedCatalog catalog;

  @BeforeEach
  void open() {
    catalog = TestCatalogs.onSqlite(folder);
    catalog.createNamespace(Namespace.of("city_stage"));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void onlyPartitionsWhollyBeforeTheLimitGo() {
    Table table = table(PartitionSpec.builderFor(SCHEMA).day("at").bucket("place", 4).build());
    append(table, 1, "at_day=2026-01-01/place_bucket=0");
    append(table, 2, "at_day=2026-01-02/place_bucket=3");
    append(table, 3, "at_day=2026-01-03/place_bucket=1");

    OldPartitions old = OldPartitions.in(table, "at", Instant.parse("2026-01-03T23:59:59Z"));

    assertThat(old.before()).isEqualTo("2026-01-03T00:00:00Z");
    assertThat(old.partitions())
        .containsExactly("at_day=2026-01-01/place_bucket=0", "at_day=2026-01-02/place_bucket=3");
    assertThat(old.rows()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({
    "hour, 2026-05-05T10:00:00Z",
    "day, 2026-05-05T00:00:00Z",
    "month, 2026-05-01T00:00:00Z",
    "year, 2026-01-01T00:00:00Z"
  })
  void theEndOfWhatGoesIsWhereAPartitionBegins(String transform, Instant before) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(SCHEMA);
    Table table =
        table(
            switch (transform) {
              case "hour" -> spec.hour("at").build();
              case "day" -> spec.day("at").build();
              case "month" -> spec.month("at").build();
              default -> spec.year("at").build();
            });

    assertThat(OldPartitions.in(table, "at", Instant.parse("2026-05-05T10:20:30Z")).before())
        .isEqualTo(before);
  }

  @Test
  void removingIsAStampedCommitThatNamesThePartitionsAndRemembersTheRows() {
    Table table = table(PartitionSpec.builderFor(SCHEMA).identity("on").build());
    append(table, 1, "on=2026-01-01");
    append(table, 2, "on=2026-01-02");
    append(table, 3, "on=2026-01-03");

    expire(4, "2026-01-02T05:00:00Z");
    expire(5, "2026-01-03T05:00:00Z");

    table.refresh();
    assertThat(Heads.of(table).edition()).isEqualTo(5);
    assertThat(Heads.touchedSince(table, 4)).isEqualTo(Touched.of(List.of("on=2026-01-02")));
    assertThat(ExpiredRows.of(table.properties()))
        .contains(new ExpiredRows(Instant.parse("2026-01-03T00:00:00Z"), 20));
    assertThat(SparkLikeWriter.live(catalog, NAME.toString())).hasSize(1);
  }

  @Test
  void aTableThatMovedMeanwhileLosesNothing() {
    Table table = table(PartitionSpec.builderFor(SCHEMA).identity("on").build());
    append(table, 1, "on=2026-01-01");
    OldPartitions old = OldPartitions.in(table, "on", Instant.parse("2026-02-01T00:00:00Z"));
    append(catalog.loadTable(NAME), 2, "on=2026-01-01");

    LocalTable.assertRefused(Refused.Why.EDITION, () -> old.remove(stamp(2, old)));

    assertThat(SparkLikeWriter.live(catalog, NAME.toString())).hasSize(2);
    assertThat(ExpiredRows.of(catalog.loadTable(NAME).properties())).isEmpty();
  }

  @Test
  void aFileThatCompactionHasReplacedIsSeen() {
    Table table = table(PartitionSpec.builderFor(SCHEMA).identity("on").build());
    append(table, 1, "on=2026-01-01");
    OldPartitions old = OldPartitions.in(table, "on", Instant.parse("2026-02-01T00:00:00Z"));
    Table other = catalog.loadTable(NAME);
    other
        .newRewrite()
        .rewriteFiles(Set.copyOf(old.files()), Set.of(file(other, "on=2026-01-01")))
        .commit();

    assertThatThrownBy(() -> old.remove(stamp(2, old))).isInstanceOf(ValidationException.class);

    assertThat(SparkLikeWriter.live(catalog, NAME.toString())).hasSize(1);
  }

  private void expire(long edition, String limit) {
    OldPartitions old = OldPartitions.in(catalog.loadTable(NAME), "on", Instant.parse(limit));
    old.remove(stamp(edition, old));
  }

  private static Stamp stamp(long edition, OldPartitions old) {
    return new Stamp(
        "r1",
        "seen",
        "1.0.0",
        "test",
        0,
        edition,
        Optional.empty(),
        new TreeMap<>(),
        Touched.of(old.partitions()));
  }

  private Table table(PartitionSpec spec) {
    return catalog
        .buildTable(NAME, SCHEMA)
        .withPartitionSpec(spec)
        .withProperties(
            Map.of(GovernedTables.GOVERNED, "true", GovernedTables.CONTRACT_VERSION, "1.0.0"))
        .create();
  }

  private static void append(Table table, long edition, String partition) {
    table
        .newFastAppend()
        .appendFile(file(table, partition))
        .set(Stamp.SUMMARY_KEY, AStamp.ofEdition(edition).text())
        .commit();
  }

  private static DataFile file(Table table, String partition) {
    return DataFiles.builder(table.spec())
        .withPath(table.location() + "/" + partition + "/" + UUID.randomUUID() + ".parquet")
        .withPartitionPath(partition)
        .withFileSizeInBytes(100)
        .withRecordCount(10)
        .build();
  }
}
