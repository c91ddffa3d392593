package dev.sluice.stage;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.url_encode;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PartitionDirectory;
import dev.sluice.catalog.contract.PartitionTransform;
import dev.sluice.catalog.contract.PartitionTransform.Kind;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.StageColumn;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Texts that name partitions of stage. One whose directory would have a longer name than file
 * systems take has no place there: written, it would stop every promotion of its data set.
 */
final class PartitionTexts {
  private final List<PartitionTransform> transforms;

  PartitionTexts(DataContract contract) {
    this.transforms =
        contract.stage().partitioning().stream()
            .map(PartitionTransform::parse)
            .flatMap(Optional::stream)
            .filter(t -> t.kind() == Kind.IDENTITY || t.kind() == Kind.TRUNCATE)
            .toList();
  }

  /** Whether values of this column stand in names of directories. */
  boolean has(StageColumn column) {
    return (column.type() == Simple.STRING || column.type() == Simple.BINARY)
        && !(column.privacy() instanceof PrivacyMethod.Suppress)
        && transforms.stream().anyMatch(t -> t.column().equals(column.name()));
  }

  /** The value, or null where its directory would have too long a name. */
  Column fitting(StageColumn column, Column value) {
    Column fitting = value;
    for (PartitionTransform transform : transforms) {
      if (has(column) && transform.column().equals(column.name())) {
        int room = PartitionDirectory.LONGEST - PartitionDirectory.bytes(transform.field(), "");
        fitting = when(length(url_encode(named(transform, column, value))).leq(room), fitting);
      }
    }
    return fitting;
  }

  /** What Iceberg writes into the name: a text as it is, bytes in Base64. */
  private static Column named(PartitionTransform transform, StageColumn column, Column value) {
    Column kept =
        transform.kind() == Kind.TRUNCATE ? substring(value, 1, transform.width()) : value;
    return column.type() == Simple.BINARY ? base64(kept) : kept;
  }
}
