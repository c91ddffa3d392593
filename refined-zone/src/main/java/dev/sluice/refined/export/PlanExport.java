package dev.sluice.refined.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Position;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.RowsAsOf;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.refined.PartitionValues;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Finds which partitions changed since the exported head: those of rows that appeared since, those
 * that a rewrite touched (an emptied one has no row left to show it), and those held back earlier.
 * Compaction moves no edition, so it is no change.
 */
final class PlanExport {
  /** An export takes at most this many partitions; the others come with the next run. */
  private static final int PARTITIONS = ReplacedPartitions.PER_STATEMENT;

  /** As many as a table of BigQuery can have: of what is made anew nothing is to be missing. */
  private static final int PARTITIONS_ANEW = 10_000;

  private static final SortedMap<String, Long> NONE = Collections.emptySortedMap();

  private final Lake lake;
  private final String table;
  private final PartitionValues values;
  private final ExportPolicy policy;
  private final Instant now;

  PlanExport(Lake lake, String table, PartitionValues values, ExportPolicy policy, Instant now) {
    this.lake = lake;
    this.table = table;
    this.values = values;
    this.policy = policy;
    this.now = now;
  }

  /**
   * The plan; empty when the refined table has not published anything yet.
   *
   * @param refined the table, loaded once: head and snapshot are of the same commit
   * @param wanted how much is sent, whatever changed
   */
  Optional<ExportPlan> since(ExportedHead base, Table refined, Extent wanted) {
    Head head = Heads.of(refined);
    if (head.edition() == 0 || refined.currentSnapshot() == null) {
      return Optional.empty();
    }
    Lane lane = Lane.ofTable(table);
    Position until = Position.of(lane, head.edition() + 1);
    boolean rewound = !base.isStart() && head.epoch() != base.refinedEpoch();
    if (!rewound && !until.isAtOrAfter(base.position())) {
      throw ExportRefused.setup(
          "BigQuery has "
              + base.positionText()
              + " of "
              + table
              + ", which stands at "
              + PositionText.write(until)
              + ": the refined table lost editions that were exported. Restore it, or delete the"
              + " table's row in _export_head so that everything is exported again");
    }
    long snapshot = refined.currentSnapshot().snapshotId();
    Dataset<Row> rows = rows(snapshot);
    Touched touched =
        base.isStart() || rewound || wanted != Extent.CHANGED
            ? Touched.ALL
            : Heads.touchedSince(refined, base.position().at(lane) - 1);
    SortedMap<String, Long> changed = changed(rows, base, lane, until, touched);
    SortedMap<String, Long> leaving = new TreeMap<>();
    SortedMap<String, Long> pending = new TreeMap<>();
    int most = wanted == Extent.ANEW ? PARTITIONS_ANEW : PARTITIONS;
    for (String partition : new NewestFirst(values).of(changed.keySet())) {
      boolean waits = isOpen(partition) || leaving.size() == most;
      (waits ? pending : leaving).put(partition, changed.get(partition));
    }
    Extent extent = touched.all() && wanted == Extent.CHANGED ? Extent.ALL : wanted;
    return Optional.of(
        new ExportPlan(base, until, head.epoch(), snapshot, extent, leaving, pending, NONE));
  }

  /**
   * The plan with the partitions of these rows beside what changed, as many as one swap can change;
   * the others count as held back, so that the next export sends them. What is open or withheld
   * stays out.
   */
  ExportPlan adding(Dataset<Row> again, ExportPlan changed) {
    SortedMap<String, Long> leaving = new TreeMap<>(changed.leaving());
    SortedMap<String, Long> pending = new TreeMap<>(changed.pending());
    SortedMap<String, Long> added = counted(again);
    for (String partition : new NewestFirst(values).of(added.keySet())) {
      boolean held = pending.containsKey(partition) || changed.withheld().containsKey(partition);
      if (!isOpen(partition) && !held && !leaving.containsKey(partition)) {
        (leaving.size() < PARTITIONS ? leaving : pending).put(partition, added.get(partition));
      }
    }
    return new ExportPlan(
        changed.base(),
        changed.until(),
        changed.refinedEpoch(),
        changed.snapshot(),
        Extent.CHANGED,
        leaving,
        pending,
        changed.withheld());
  }

  /** All rows of the refined table as that snapshot has them. */
  Dataset<Row> rows(long snapshot) {
    return new RowsAsOf(lake, table).snapshot(snapshot);
  }

  private SortedMap<String, Long> changed(
      Dataset<Row> rows, ExportedHead base, Lane lane, Position until, Touched touched) {
    if (touched.all()) {
      SortedMap<String, Long> all = counted(rows);
      base.unsent().forEach(partition -> all.putIfAbsent(partition, 0L));
      return all;
    }
    SortedSet<String> names = new TreeSet<>(base.unsent());
    names.addAll(touched.partitions());
    if (!until.equals(base.position())) {
      names.addAll(appeared(rows, base.position().at(lane)));
    }
    if (names.isEmpty()) {
      return new TreeMap<>();
    }
    SortedMap<String, Long> changed = counted(rows.where(values.isOneOf(names)));
    names.forEach(partition -> changed.putIfAbsent(partition, 0L));
    return changed;
  }

  /** Bounded by the number of partitions that changed, one short text each. */
  private List<String> appeared(Dataset<Row> rows, long from) {
    return rows.where(col(Lake.EDITION).geq(from))
        .select(text())
        .distinct()
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** Rows by partition; bounded by the number of partitions, a text and a number each. */
  SortedMap<String, Long> counted(Dataset<Row> rows) {
    SortedMap<String, Long> counted = new TreeMap<>();
    rows.groupBy(text())
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> counted.put(row.getString(0), row.getLong(1)));
    return counted;
  }

  private Column text() {
    return values.text(col("`" + values.column() + "`"));
  }

  private boolean isOpen(String partition) {
    if (policy.holdOpen().isZero() || partition.equals(PartitionValues.NULL)) {
      return false;
    }
    return begin(values.value(partition)).plus(policy.holdOpen()).isAfter(now);
  }

  private Instant begin(Object partition) {
    if (partition instanceof LocalDate day) {
      return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (partition instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC);
    }
    if (partition instanceof Instant instant) {
      return instant;
    }
    throw ExportRefused.setup(
        "holdOpen needs a partition column that is a date or a time; "
            + values.column()
            + " is "
            + values.type().ddl()
            + ". Set holdOpen to PT0S in the contract");
  }

  /** For messages. */
  static String summary(Map<String, Long> partitions) {
    return partitions.size()
        + " partitions with "
        + partitions.values().stream().mapToLong(Long::longValue).sum()
        + " rows";
  }
}
