package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;

import dev.sluice.catalog.publishing.Lake;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a period as a rewrite leaves them: those conformed again, each with what its former
 * row has in columns that stepped aside (ADR 0011), and those that raw does not have any more, as
 * they stand.
 */
final class RewrittenRows {
  private static final Set<String> PLACED =
      Set.of(
          Lake.EDITION,
          Columns.LANE,
          Columns.SEQUENCE,
          Columns.RAW_EDITION,
          Columns.CONTRACT_VERSION);

  private final Promoting promoting;
  private final Dataset<Row> former;

  /**
   * @param former the period's rows in stage
   */
  RewrittenRows(Promoting promoting, Dataset<Row> former) {
    this.promoting = promoting;
    this.former = former;
  }

  Dataset<Row> of(Conformed conformed, Duplicates duplicates, Places gone) {
    Dataset<Row> again = withStoodAside(StageRows.of(conformed, promoting.contract(), duplicates));
    return gone.isEmpty()
        ? again
        : again.unionByName(
            former
                .where(gone.include(former.sparkSession(), Columns.LANE, Columns.SEQUENCE))
                .drop(Lake.EDITION));
  }

  private Dataset<Row> withStoodAside(Dataset<Row> again) {
    Set<String> filled = new HashSet<>(PLACED);
    StageRows.columns(promoting.contract()).forEach(column -> filled.add(column.name()));
    List<String> aside =
        Arrays.stream(former.columns()).filter(name -> !filled.contains(name)).toList();
    if (aside.isEmpty()) {
      return again;
    }
    Column[] kept =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    col(Columns.LANE).as("former_lane"),
                    col(Columns.SEQUENCE).as("former_sequence")),
                aside.stream().map(name -> col("`" + name + "`")))
            .toArray(Column[]::new);
    return again
        .join(
            former.select(kept),
            col(Columns.LANE)
                .equalTo(col("former_lane"))
                .and(col(Columns.SEQUENCE).equalTo(col("former_sequence"))),
            "left")
        .drop("former_lane", "former_sequence");
  }
}
