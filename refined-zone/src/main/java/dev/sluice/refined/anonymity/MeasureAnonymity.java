package dev.sluice.refined.anonymity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import dev.sluice.refined.PartitionValues;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts exactly who stands behind the rows of some partitions, and takes away those behind whom
 * stand too few. A class is made within one partition, so what may leave of a partition depends on
 * nothing but its own rows, whichever others are judged with it. Null is a value of a
 * quasi-identifier like any other, but neither a subject nor a sensitive value.
 */
public final class MeasureAnonymity {
  private static final String PARTITION = "__partition";
  private static final String REASON = "__reason";
  private static final String ROWS = "__rows";
  private static final String UNITS = "__units";
  private static final String BEHIND = "__behind";
  private static final String DIVERSE = "__diverse";
  private static final String KEY = "__key";

  private final PartitionValues values;
  private final ExportPolicy policy;
  private final List<String> classKey;

  private MeasureAnonymity(PartitionValues values, ExportPolicy policy) {
    this.values = values;
    this.policy = policy;
    LinkedHashSet<String> key = new LinkedHashSet<>();
    key.add(values.column());
    key.addAll(policy.quasiIdentifiers());
    this.classKey = List.copyOf(key);
  }

  /** The rows that may leave, with all their columns, and the figures. Computes the figures. */
  public static Measured on(Dataset<Row> rows, PartitionValues values, ExportPolicy policy) {
    MeasureAnonymity measure = new MeasureAnonymity(values, policy);
    if (policy.counted() instanceof Counted.Subjects subjects) {
      return measure.subjects(rows, subjects.column());
    }
    return measure.cells(rows, ((Counted.Contributors) policy.counted()).column());
  }

  /** What may leave (not yet computed) and what was counted. */
  public record Measured(Dataset<Row> leaving, PartitionFigures judged) {
    /** Of all partitions together. */
    public AnonymityFigures figures() {
      return judged.all();
    }
  }

  private Measured subjects(Dataset<Row> rows, String subject) {
    Dataset<Row> classes =
        classes(rows, countDistinct(quoted(subject)))
            .withColumn(UNITS, lit(1L))
            .withColumn(
                REASON,
                when(col(BEHIND).lt(policy.k()), lit(Reason.K_ANONYMITY.name()))
                    .when(tooUniform(), lit(Reason.L_DIVERSITY.name())));
    return new Measured(inClasses(rows, classes), figures(classes, 0));
  }

  private Measured cells(Dataset<Row> rows, String contributors) {
    Dataset<Row> cells =
        rows.withColumn(BEHIND, coalesce(quoted(contributors).cast("long"), lit(0L)));
    Column small = col(BEHIND).lt(policy.k());
    Dataset<Row> smallCells =
        cells
            .where(small)
            .select(
                quoted(values.column()),
                lit(1L).as(ROWS),
                lit(1L).as(UNITS),
                col(BEHIND),
                lit(Reason.SMALL_CELL.name()).as(REASON));
    Dataset<Row> bigCells = cells.where(col(BEHIND).geq(policy.k()));
    Dataset<Row> classes =
        classes(bigCells, min(col(BEHIND)))
            .withColumn(UNITS, col(ROWS))
            .withColumn(REASON, when(tooUniform(), lit(Reason.L_DIVERSITY.name())));
    Dataset<Row> leaving = policy.sensitive().isEmpty() ? bigCells : inClasses(bigCells, classes);
    if (!policy.totals().isEmpty()) {
      return besideTotals(cells, leaving, classes);
    }
    return new Measured(
        leaving.drop(BEHIND),
        figures(
            classes
                .select(quoted(values.column()), col(ROWS), col(UNITS), col(BEHIND), col(REASON))
                .unionAll(smallCells),
            0));
  }

  /** As {@link #cells}, where totals of the cells are known. */
  private Measured besideTotals(Dataset<Row> cells, Dataset<Row> leaving, Dataset<Row> classes) {
    Dataset<Row> small =
        cells.where(col(BEHIND).lt(policy.k())).withColumn(REASON, lit(Reason.SMALL_CELL.name()));
    Dataset<Row> uniform =
        policy.sensitive().isEmpty()
            ? small.limit(0)
            : notInClasses(cells.where(col(BEHIND).geq(policy.k())), classes)
                .withColumn(REASON, lit(Reason.L_DIVERSITY.name()));
    Dataset<Row> judged =
        leaving
            .withColumn(REASON, lit(null).cast("string"))
            .unionByName(small)
            .unionByName(uniform);
    SuppressComplements complements = new SuppressComplements(policy, classKey, BEHIND, REASON);
    Dataset<Row> safe = complements.in(judged);
    return new Measured(
        safe.where(col(REASON).isNull()).drop(BEHIND, REASON),
        figures(
            safe.withColumn(ROWS, lit(1L)).withColumn(UNITS, lit(1L)), complements.exposed(safe)));
  }

  /** One row per class: its key, its rows, who stands behind it, and how diverse it is. */
  private Dataset<Row> classes(Dataset<Row> rows, Column behind) {
    List<Column> counts = new ArrayList<>();
    counts.add(behind.as(BEHIND));
    for (int i = 0; i < policy.sensitive().size(); i++) {
      counts.add(countDistinct(quoted(policy.sensitive().get(i))).as(DIVERSE + i));
    }
    return rows.groupBy(classKey.stream().map(MeasureAnonymity::quoted).toArray(Column[]::new))
        .agg(count(lit(1)).as(ROWS), counts.toArray(Column[]::new));
  }

  private Column tooUniform() {
    Column uniform = lit(false);
    for (int i = 0; i < policy.sensitive().size(); i++) {
      uniform = uniform.or(col(DIVERSE + i).lt(policy.l()));
    }
    return uniform;
  }

  private Dataset<Row> inClasses(Dataset<Row> rows, Dataset<Row> classes) {
    return joined(rows, classes, "left_semi");
  }

  private Dataset<Row> notInClasses(Dataset<Row> rows, Dataset<Row> classes) {
    return joined(rows, classes, "left_anti");
  }

  private Dataset<Row> joined(Dataset<Row> rows, Dataset<Row> classes, String how) {
    List<Column> keys = new ArrayList<>();
    Column same = lit(true);
    for (int i = 0; i < classKey.size(); i++) {
      keys.add(quoted(classKey.get(i)).as(KEY + i));
      same = same.and(quoted(classKey.get(i)).eqNullSafe(col(KEY + i)));
    }
    Dataset<Row> kept = classes.where(col(REASON).isNull()).select(keys.toArray(Column[]::new));
    return rows.join(kept, same, how);
  }

  private PartitionFigures figures(Dataset<Row> judged, long exposed) {
    SortedMap<String, AnonymityFigures> partitions = new TreeMap<>();
    // for each partition one row for each reason and one for none
    judged
        .groupBy(values.text(quoted(values.column())).as(PARTITION), col(REASON))
        .agg(sum(ROWS), sum(UNITS), min(BEHIND))
        .collectAsList()
        .forEach(row -> partitions.merge(row.getString(0), figures(row), AnonymityFigures::plus));
    return new PartitionFigures(partitions, exposed);
  }

  private static AnonymityFigures figures(Row row) {
    SortedMap<Reason, Long> suppressed = new TreeMap<>();
    if (row.isNullAt(1)) {
      return new AnonymityFigures(row.getLong(2), suppressed, row.getLong(3), row.getLong(4));
    }
    suppressed.put(Reason.valueOf(row.getString(1)), row.getLong(2));
    return new AnonymityFigures(row.getLong(2), suppressed, 0, 0);
  }

  private static Column quoted(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }
}
