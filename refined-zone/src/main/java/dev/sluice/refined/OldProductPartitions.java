package dev.sluice.refined;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.tables.OldPartitions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/** The partitions of a product's table that its retention is over for. */
public final class OldProductPartitions {
  private final PartitionValues values;

  public OldProductPartitions(Product product) {
    this.values = PartitionValues.of(product);
  }

  /**
   * Those before a time.
   *
   * @param pending canonical texts of partitions that an export still has to send
   */
  public OldPartitions in(Table table, Instant limit, Set<String> pending) {
    return OldPartitions.in(table, values.column(), limit)
        .only(file -> !pending.contains(text(file)));
  }

  /** What their going touches: exports take them away from BigQuery as well. */
  public Touched touched(OldPartitions old) {
    return Touched.of(old.files().stream().map(this::text).distinct().toList());
  }

  /** A date is kept as days, a time as microseconds since 1970. */
  private String text(DataFile file) {
    Object value = file.partition().get(0, Object.class);
    if (value instanceof Integer days) {
      return LocalDate.ofEpochDay(days).toString();
    }
    if (value instanceof Long micros) {
      return values.text(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }
    return PartitionValues.NULL;
  }
}
