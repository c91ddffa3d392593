package dev.sluice.refined.reference;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.refined.CannotRefine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes sure that a key finds one row at most, or joins would multiply rows. */
record CheckKeys(ReferenceSource source, ReferenceTable reference) {

  void of(List<Row> rows) {
    List<Integer> places = places();
    Set<List<Object>> seen = new HashSet<>();
    long nulls = 0;
    long repeated = 0;
    for (Row row : rows) {
      List<Object> key = new ArrayList<>();
      places.stream().filter(at -> !row.isNullAt(at)).forEach(at -> key.add(row.get(at)));
      if (key.size() < places.size()) {
        nulls++;
      } else if (!seen.add(key)) {
        repeated++;
      }
    }
    refuse(nulls, repeated);
  }

  void of(Dataset<Row> rows) {
    Column[] key =
        reference.key().stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
    Column present = Arrays.stream(key).map(Column::isNotNull).reduce(lit(true), Column::and);
    Row found =
        rows.groupBy(key)
            .agg(count(lit(1)).as("rows"))
            .agg(
                coalesce(sum(when(not(present), col("rows"))), lit(0L)),
                coalesce(sum(when(present, col("rows").minus(1))), lit(0L)))
            .first();
    refuse(found.getLong(0), found.getLong(1));
  }

  private void refuse(long nulls, long repeated) {
    if (nulls > 0) {
      throw fault(
          nulls + " rows have no value in the key",
          "WHERE " + String.join(" IS NULL OR ", reference.key()) + " IS NULL");
    }
    if (repeated > 0) {
      String key = String.join(", ", reference.key());
      throw fault(
          repeated + " rows repeat the key of another", "GROUP BY " + key + " HAVING count(*) > 1");
    }
  }

  private List<Integer> places() {
    List<String> names = reference.columns().stream().map(ReferenceTable.Column::name).toList();
    return reference.key().stream().map(names::indexOf).toList();
  }

  private CannotRefine fault(String what, String condition) {
    return new CannotRefine(
        FailureKind.DATA,
        "Reference table "
            + source
            + " must have each key ("
            + String.join(", ", reference.key())
            + ") once; "
            + what
            + ". To do: find them with "
            + condition
            + " and correct them there; the version in use stays");
  }
}
