package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.RowsAsOf;
import dev.sluice.catalog.tables.SnapshotsByEdition;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One table that a product reads, held at one snapshot: commits that follow do not leak in.
 *
 * @param declared what the contract says of it
 * @param table its {@code namespace.table}
 * @param snapshot what is read; empty for a table without any
 * @param news its editions that the product has not taken
 * @param touched partitions of it that these editions rewrote
 * @param through only rows of editions up to this one are read; empty for all
 */
record ProductInput(
    Product.Input declared,
    String table,
    OptionalLong snapshot,
    LaneRange news,
    Touched touched,
    OptionalLong through) {

  /** All rows of the snapshot. */
  ProductInput(
      Product.Input declared,
      String table,
      OptionalLong snapshot,
      LaneRange news,
      Touched touched) {
    this(declared, table, snapshot, news, touched, OptionalLong.empty());
  }

  Lane lane() {
    return Lane.ofTable(table);
  }

  boolean hasNews() {
    return news.length() > 0;
  }

  /** The columns of the contract; what the lake adds to a row stays out of the SQL's sight. */
  Dataset<Row> rows(Lake lake) {
    return contractColumns(pinned(lake));
  }

  /** The rows that appeared in the editions not taken yet. */
  Dataset<Row> newRows(Lake lake) {
    Column edition = col(Lake.EDITION);
    return contractColumns(
        pinned(lake).where(edition.geq(news.from()).and(edition.lt(news.until()))));
  }

  /**
   * The rows that the product has taken, as they stood then; empty when that has expired, or when
   * the table had other columns.
   */
  Optional<Dataset<Row>> rowsBefore(Lake lake) {
    Table now = lake.table(table);
    return SnapshotsByEdition.of(now, news.from() - 1)
        .filter(then -> Objects.equals(then.schemaId(), now.schema().schemaId()))
        .map(then -> contractColumns(at(lake, then.snapshotId())));
  }

  private Dataset<Row> pinned(Lake lake) {
    if (snapshot.isEmpty()) {
      return lake.read(table).where(lit(false));
    }
    Dataset<Row> rows = at(lake, snapshot.getAsLong());
    return through.isPresent() ? rows.where(col(Lake.EDITION).leq(through.getAsLong())) : rows;
  }

  private Dataset<Row> at(Lake lake, long version) {
    return new RowsAsOf(lake, table).snapshot(version);
  }

  private static Dataset<Row> contractColumns(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(rows.columns())
            .filter(name -> !name.startsWith("_"))
            .map(name -> col("`" + name + "`"))
            .toArray(Column[]::new));
  }
}
