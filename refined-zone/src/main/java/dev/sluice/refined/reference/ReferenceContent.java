package dev.sluice.refined.reference;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a reference table at one moment, their keys checked.
 *
 * @param count how many
 * @param parts in how many parts they were read
 */
record ReferenceContent(Dataset<Row> rows, long count, int parts) implements AutoCloseable {
  @Override
  public void close() {
    if (!rows.storageLevel().equals(StorageLevel.NONE())) {
      rows.unpersist();
    }
  }
}
