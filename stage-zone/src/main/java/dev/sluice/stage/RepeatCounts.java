package dev.sluice.stage;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * How many duplicates were found.
 *
 * @param all in all
 * @param ofStage how many repeat a row of stage
 * @param first smallest sequence of a row of stage that is repeated
 * @param last the largest
 */
record RepeatCounts(long all, long ofStage, long first, long last) implements Serializable {
  private static final RepeatCounts NONE = new RepeatCounts(0, 0, Long.MAX_VALUE, Long.MIN_VALUE);
  private static final RepeatCounts OTHER = new RepeatCounts(1, 0, Long.MAX_VALUE, Long.MIN_VALUE);
  private static final int KEPT_SEQUENCE = KeepFirst.DUPLICATE.fieldIndex("duplicate_of_sequence");
  private static final int KEPT_CONTENT = KeepFirst.DUPLICATE.fieldIndex("kept_content");

  /** Of one task's duplicates. */
  static Iterator<RepeatCounts> of(Iterator<InternalRow> duplicates) {
    RepeatCounts counts = NONE;
    while (duplicates.hasNext()) {
      InternalRow row = duplicates.next();
      counts = counts.and(row.isNullAt(KEPT_CONTENT) ? ofStage(row.getLong(KEPT_SEQUENCE)) : OTHER);
    }
    return List.of(counts).iterator();
  }

  /** Of duplicates that the driver has. */
  static RepeatCounts of(List<Row> duplicates) {
    return sum(
        duplicates.stream()
            .map(row -> row.isNullAt(KEPT_CONTENT) ? ofStage(row.getLong(KEPT_SEQUENCE)) : OTHER)
            .toList());
  }

  private static RepeatCounts ofStage(long sequence) {
    return new RepeatCounts(1, 1, sequence, sequence);
  }

  static RepeatCounts sum(List<RepeatCounts> parts) {
    return parts.stream().reduce(NONE, RepeatCounts::and);
  }

  private RepeatCounts and(RepeatCounts other) {
    return new RepeatCounts(
        all + other.all,
        ofStage + other.ofStage,
        Math.min(first, other.first),
        Math.max(last, other.last));
  }
}
