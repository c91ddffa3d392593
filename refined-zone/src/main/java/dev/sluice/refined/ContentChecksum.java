package dev.sluice.refined;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.Product;
import java.math.BigDecimal;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a product's rows add up to, whatever their order: their number and the sums of two parts of
 * 60 bits of each row's SHA-256 (FIPS 180-4). Sums, because exclusive or would not see a row that
 * is there twice. Floating numbers count by twelve digits, since the last ones of a sum depend on
 * the order in which it was made.
 *
 * @param rows how many
 * @param text the two sums
 */
record ContentChecksum(long rows, String text) {
  private static final Map<String, String> JSON =
      Map.of(
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
          "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS",
          "ignoreNullFields", "false");

  /** Of rows with the product's columns. */
  static ContentChecksum of(Product product, Dataset<Row> rows) {
    Column[] columns =
        product.columns().stream().map(ContentChecksum::plain).toArray(Column[]::new);
    Column hash = sha2(to_json(struct(columns), JSON).cast("binary"), 256);
    Row sums = rows.select(hash.as("h")).agg(count(lit(1)), part(1), part(16)).first();
    return new ContentChecksum(
        sums.getLong(0),
        sums.getDecimal(1).toPlainString() + "+" + sums.getDecimal(2).toPlainString());
  }

  private static Column plain(Product.ProductColumn column) {
    Column value = col("`" + column.name() + "`");
    boolean floating =
        column.type() == ColumnType.Simple.FLOAT || column.type() == ColumnType.Simple.DOUBLE;
    return (floating
            ? when(value.isNotNull(), format_string("%.11e", value.cast("double")))
            : value)
        .as(column.name());
  }

  private static Column part(int from) {
    Column number = conv(substring(col("h"), from, 15), 16, 10).cast("decimal(28,0)");
    return coalesce(sum(number), lit(BigDecimal.ZERO));
  }
}
