package dev.sluice.refined;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.Product.ProductColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Holds the rows of some partitions against what stood there before. */
record CompareRows(Product product) {
  private static final String OLD = "_old";
  private static final String KEY = "_key";
  private static final String ROW = "_row";

  /**
   * The differences: rows and sums of open numbers before and after; keys that came, went, and
   * whose rows changed. Of a product without a key its whole rows are the keys.
   */
  RefinedChange of(Dataset<Row> before, Dataset<Row> after) {
    Dataset<Row> both = side(before, true).unionByName(side(after, false));
    RefinedChange sums = sums(both);
    Row keys = keys(both);
    return new RefinedChange(
        sums.oldRows(),
        sums.newRows(),
        keys.getLong(0),
        keys.getLong(1),
        keys.getLong(2),
        sums.sums());
  }

  private Dataset<Row> side(Dataset<Row> rows, boolean old) {
    List<Column> columns = new ArrayList<>(measures().stream().map(CompareRows::of).toList());
    columns.add(lit(old).as(OLD));
    columns.add(to_json(struct(names(true))).as(KEY));
    columns.add(to_json(struct(names(false))).as(ROW));
    return rows.select(columns.toArray(Column[]::new));
  }

  private RefinedChange sums(Dataset<Row> both) {
    Column isOld = col(OLD);
    List<Column> sums = new ArrayList<>();
    sums.add(count(when(isOld, lit(1))));
    sums.add(count(when(not(isOld), lit(1))));
    for (ProductColumn measure : measures()) {
      Column value = of(measure).cast("double");
      sums.add(coalesce(sum(when(isOld, value)), lit(0d)));
      sums.add(coalesce(sum(when(not(isOld), value)), lit(0d)));
    }
    Row row = both.agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new)).head();
    TreeMap<String, RefinedChange.Sum> named = new TreeMap<>();
    int next = 2;
    for (ProductColumn measure : measures()) {
      named.put(
          measure.name(), new RefinedChange.Sum(row.getDouble(next), row.getDouble(next + 1)));
      next += 2;
    }
    return new RefinedChange(row.getLong(0), row.getLong(1), 0, 0, 0, named);
  }

  /** How many keys came, went, changed. */
  private static Row keys(Dataset<Row> both) {
    Column was = col("was").gt(0);
    Column is = col("is").gt(0);
    Column other = col("least").notEqual(col("most")).or(col("was").notEqual(col("is")));
    return both.groupBy(KEY)
        .agg(
            count(when(col(OLD), lit(1))).as("was"),
            count(when(not(col(OLD)), lit(1))).as("is"),
            min(ROW).as("least"),
            max(ROW).as("most"))
        .agg(
            count(when(is.and(col("was").equalTo(0)), lit(1))),
            count(when(was.and(col("is").equalTo(0)), lit(1))),
            count(when(was.and(is).and(other), lit(1))))
        .head();
  }

  private Column[] names(boolean keysOnly) {
    boolean keyed = keysOnly && product.columns().stream().anyMatch(ProductColumn::key);
    return product.columns().stream()
        .filter(column -> !keyed || column.key())
        .map(CompareRows::of)
        .toArray(Column[]::new);
  }

  private List<ProductColumn> measures() {
    return product.columns().stream()
        .filter(c -> !c.key() && c.classification() == Classification.OPEN && isNumber(c.type()))
        .toList();
  }

  private static boolean isNumber(ColumnType type) {
    return type instanceof ColumnType.Decimal
        || type == Simple.INT
        || type == Simple.BIGINT
        || type == Simple.FLOAT
        || type == Simple.DOUBLE;
  }

  private static Column of(ProductColumn column) {
    return col("`" + column.name() + "`");
  }
}
