package dev.sluice.refined.anonymity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.ExportPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Takes away further cells where the total of a group of cells is known: what is missing from the
 * total must be at least two cells with k contributors together, or nothing. The cell with the
 * fewest contributors goes, of equals the first by its key; it has k at least, so one is enough. A
 * cell taken away for one total can lay another open, so all are looked at again until none is.
 *
 * <p>Primary and secondary suppression of cells: Hundepool et al., Statistical Disclosure Control
 * (2012), chapter 4; this is the greedy form, which holds back more cells than an optimum would.
 *
 * @param key the partition and the quasi-identifiers, by which a cell is found
 * @param behind column with the contributors of a cell
 * @param reason column with why a cell may not leave; null when it may
 */
record SuppressComplements(ExportPolicy policy, List<String> key, String behind, String reason) {
  private static final String RANK = "__rank";
  private static final String MISSING = "__missing";
  private static final String CELLS = "__cells";
  private static final String KEPT = "__kept";

  /** The cells, with a reason for more of them; computes each round. */
  Dataset<Row> in(Dataset<Row> cells) {
    Dataset<Row> judged = cells.localCheckpoint();
    while (exposed(judged) > 0) {
      for (List<String> by : policy.totals()) {
        judged = once(judged, by);
      }
      judged = judged.localCheckpoint();
    }
    return judged;
  }

  /** Known totals that tell something that was held back, while a cell of theirs leaves. */
  long exposed(Dataset<Row> judged) {
    long exposed = 0;
    for (List<String> by : policy.totals()) {
      Column gone = col(reason).isNotNull();
      exposed +=
          judged
              .groupBy(columns(group(by)))
              .agg(
                  count(when(gone, 1)).as(CELLS),
                  coalesce(sum(when(gone, col(behind))), lit(0L)).as(MISSING),
                  count(when(gone, null).otherwise(1)).as(KEPT))
              .where(isExposed().and(col(KEPT).gt(0)))
              .count();
    }
    return exposed;
  }

  private Dataset<Row> once(Dataset<Row> judged, List<String> by) {
    Column gone = col(reason).isNotNull();
    var group = Window.partitionBy(columns(group(by)));
    List<Column> order = new ArrayList<>();
    order.add(gone.asc());
    order.add(col(behind).asc());
    key.forEach(name -> order.add(quoted(name).asc()));
    return judged
        .withColumn(CELLS, count(when(gone, 1)).over(group))
        .withColumn(MISSING, coalesce(sum(when(gone, col(behind))).over(group), lit(0L)))
        .withColumn(RANK, row_number().over(group.orderBy(order.toArray(Column[]::new))))
        .withColumn(
            reason,
            when(
                    col(reason).isNull().and(col(RANK).equalTo(1)).and(isExposed()),
                    lit(Reason.COMPLEMENTARY.name()))
                .otherwise(col(reason)))
        .drop(CELLS, MISSING, RANK);
  }

  private Column isExposed() {
    return col(CELLS).geq(1).and(col(CELLS).lt(2).or(col(MISSING).lt(policy.k())));
  }

  /** Totals are of one partition, whose name the key begins with. */
  private LinkedHashSet<String> group(List<String> by) {
    LinkedHashSet<String> group = new LinkedHashSet<>(List.of(key.get(0)));
    group.addAll(by);
    return group;
  }

  private static Column[] columns(LinkedHashSet<String> names) {
    return names.stream().map(SuppressComplements::quoted).toArray(Column[]::new);
  }

  private static Column quoted(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }
}
