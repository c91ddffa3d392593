package dev.sluice.catalog.publishing.upkeep;

import dev.sluice.catalog.contract.Upkeep;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.DeleteOrphanFiles;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/** Files below a table's folder that no snapshot, manifest or metadata file of it knows. */
final class Orphans {
  private final SparkSession spark;
  private final Table table;
  private final long before;

  Orphans(SparkSession spark, Table table, Upkeep upkeep, Instant now) {
    this.spark = spark;
    this.table = table;
    this.before = now.minus(upkeep.orphansAfter()).toEpochMilli();
  }

  /** How many there are; nothing is removed. */
  long count() {
    return act(file -> {});
  }

  /** Removes them and says how many they were. */
  long remove() {
    return act(file -> table.io().deleteFile(file));
  }

  private long act(Consumer<String> each) {
    if (!OldFiles.anyIn(table, before)) {
      return 0; // comparing a listing with all metadata is dear; a young table needs none
    }
    DeleteOrphanFiles.Result result =
        SparkActions.get(spark)
            .deleteOrphanFiles(table)
            .olderThan(before)
            .deleteWith(each)
            .execute();
    return StreamSupport.stream(result.orphanFileLocations().spliterator(), false).count();
  }
}
