package dev.sluice.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.publishing.Lake;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** Manifests tell how many rows editions have, unless a file holds rows of others too. */
class CountRawTest {
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, Lake.EDITION, Types.LongType.get()));

  @Test
  void filesOfWholeEditionsAreCountedWithoutReadingThem() throws Exception {
    try (InMemoryCatalog catalog = new InMemoryCatalog()) {
      Table raw = table(catalog);
      add(raw, 1, 1, 10);
      add(raw, 2, 3, 5);
      add(raw, 4, 4, 7);

      assertThat(CountRaw.told(raw, new LaneRange(1, 4))).hasValue(15);
      assertThat(CountRaw.told(raw, new LaneRange(4, 5))).hasValue(7);
      assertThat(CountRaw.told(raw, new LaneRange(5, 6))).hasValue(0);
    }
  }

  @Test
  void aFileThatHoldsOtherEditionsTooTellsNothing() throws Exception {
    try (InMemoryCatalog catalog = new InMemoryCatalog()) {
      Table raw = table(catalog);
      add(raw, 1, 3, 5);

      assertThat(CountRaw.told(raw, new LaneRange(1, 3))).isEmpty();
      assertThat(CountRaw.told(raw, new LaneRange(2, 4))).isEmpty();
    }
  }

  private static Table table(InMemoryCatalog catalog) {
    catalog.initialize("memory", Map.of());
    catalog.createNamespace(Namespace.of("raw"));
    return catalog.createTable(TableIdentifier.of("raw", "rows"), SCHEMA);
  }

  private static void add(Table raw, long first, long last, long rows) {
    Map<Integer, Long> counts = Map.of(1, rows);
    raw.newAppend()
        .appendFile(
            DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("memory://" + first + ".parquet")
                .withFileSizeInBytes(100)
                .withMetrics(
                    new Metrics(
                        rows,
                        Map.of(1, 8L),
                        counts,
                        Map.of(1, 0L),
                        Map.of(),
                        Map.of(1, bytes(first)),
                        Map.of(1, bytes(last))))
                .build())
        .commit();
  }

  private static ByteBuffer bytes(long value) {
    return Conversions.toByteBuffer(Types.LongType.get(), value);
  }
}
