package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.url_encode;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.PartitionDirectory;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Ends a computation at a text that cannot name a partition, because its directory would have a
 * longer name than file systems take. What a product's SQL gives has no declared length.
 */
final class NamedPartitions {
  private static final String TOO_LONG = "sluice: the text names no partition";

  private NamedPartitions() {}

  /** The same rows; to compute them fails where the value of this column is too long. */
  static Dataset<Row> of(PartitionValues values, Dataset<Row> rows) {
    if (values.type() != Simple.STRING) {
      return rows;
    }
    String name = values.column();
    Column value = col("`" + name + "`");
    int before = PartitionDirectory.bytes(name, "");
    return rows.withColumn(
        name,
        when(
                length(url_encode(value)).gt(PartitionDirectory.LONGEST - before),
                raise_error(lit(TOO_LONG)))
            .otherwise(value));
  }

  /** Whether this is why a computation ended. */
  static boolean isTooLong(SparkThrowable failure) {
    return failure.getMessageParameters().containsValue(TOO_LONG);
  }
}
