package dev.sluice.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.xxhash64;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.StageColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows as the stage table holds them. */
final class StageRows {
  /** Up to this many places go to every task rather than being shuffled. */
  static final long BROADCAST_AT_MOST = 200_000;

  private StageRows() {}

  /** The contract's columns that reach stage. */
  static List<StageColumn> columns(DataContract contract) {
    return contract.stage().columns().stream().filter(StageColumn::reachesStage).toList();
  }

  /** The good rows except the duplicates. */
  static Dataset<Row> of(Conformed conformed, DataContract contract, Duplicates duplicates) {
    Dataset<Row> rows = conformed.rows();
    if (duplicates.few().isEmpty() || duplicates.count() == 0) {
      return of(rows, contract, duplicates.rows(), duplicates.count());
    }
    // by a join, Spark would first run a job for the places and plan the rest after it
    Column aside = duplicates.few().get().has(rows.sparkSession(), Columns.LANE, Columns.SEQUENCE);
    return of(rows.where(not(aside)), contract, duplicates.rows(), 0);
  }

  /** The good rows except those at {@code places} (lane, sequence). */
  static Dataset<Row> of(
      Dataset<Row> conformed, DataContract contract, Dataset<Row> places, long count) {
    Dataset<Row> good = conformed.where(col(Columns.REASON).isNull());
    if (count > 0) {
      Dataset<Row> aside = places.select(col("lane"), col("sequence"));
      good =
          good.join(
              count <= BROADCAST_AT_MOST ? broadcast(aside) : aside,
              good.col(Columns.LANE)
                  .equalTo(aside.col("lane"))
                  .and(good.col(Columns.SEQUENCE).equalTo(aside.col("sequence"))),
              "left_anti");
    }
    List<Column> select = new ArrayList<>();
    columns(contract).forEach(c -> select.add(col(c.name())));
    select.add(col(Columns.LANE));
    select.add(col(Columns.SEQUENCE));
    select.add(col(Columns.RAW_EDITION));
    select.add(lit(contract.version()).as(Columns.CONTRACT_VERSION));
    return good.select(select.toArray(Column[]::new));
  }

  /** Hash of what a row says: of every column that reaches stage, nulls counted as such. */
  static Column content(DataContract contract) {
    List<Column> parts = new ArrayList<>();
    for (StageColumn column : columns(contract)) {
      parts.add(ContentOf.value(col(column.name()), column.type()));
      if (!column.required()) {
        parts.add(col(column.name()).isNull()); // the hash alone passes over nulls
      }
    }
    return xxhash64(parts.toArray(Column[]::new));
  }
}
