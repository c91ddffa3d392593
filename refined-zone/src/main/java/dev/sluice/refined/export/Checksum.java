package dev.sluice.refined.export;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a set of rows adds up to, whatever their order: their number, the sum of a 60-bit hash of
 * each, and the sum of each whole-number column. Sums, because exclusive or would not see a row
 * that is there twice.
 *
 * @param text for the ledger and for comparing; holds sums only
 */
record Checksum(long rows, String text) {
  static final Checksum EMPTY = new Checksum(0, "");

  /** Of rows in Spark. */
  static Checksum of(Dataset<Row> rows, List<AllowedColumn> columns) {
    Column hash =
        conv(substring(sha2(CanonicalRow.spark(columns).cast("binary"), 256), 1, 15), 16, 10);
    List<Column> sums = new ArrayList<>();
    sums.add(total(hash));
    whole(columns).forEach(name -> sums.add(total(new Column("`" + name + "`"))));
    Row totals = rows.agg(count(lit(1)), sums.toArray(Column[]::new)).first();
    List<String> texts = new ArrayList<>();
    for (int i = 1; i < totals.length(); i++) {
      texts.add(plain(totals.getDecimal(i)));
    }
    return of(totals.getLong(0), texts, columns);
  }

  /** Of the rows of a table in BigQuery. */
  static Checksum of(
      BigQuerySession bigQuery,
      TableId table,
      PartitionFilter filter,
      List<AllowedColumn> columns) {
    List<String> sums = new ArrayList<>();
    sums.add(
        total(
            "CAST(CONCAT('0x', SUBSTR(TO_HEX(SHA256("
                + CanonicalRow.sql(columns)
                + ")), 1, 15)) AS INT64)"));
    whole(columns).forEach(name -> sums.add(total(ExportTable.sql(name))));
    Map<String, QueryParameterValue> parameters = filter.parameters();
    FieldValueList totals =
        bigQuery
            .rows(
                "check the rows",
                "SELECT COUNT(*), "
                    + String.join(", ", sums)
                    + " FROM "
                    + ExportTable.sql(table)
                    + " WHERE "
                    + filter.sql(),
                parameters)
            .get(0);
    List<String> texts = new ArrayList<>();
    for (int i = 1; i < totals.size(); i++) {
      texts.add(plain(new BigDecimal(totals.get(i).getStringValue())));
    }
    return of(totals.get(0).getLongValue(), texts, columns);
  }

  private static Checksum of(long rows, List<String> sums, List<AllowedColumn> columns) {
    if (rows == 0) {
      return EMPTY;
    }
    List<String> names = new ArrayList<>();
    names.add("hash");
    names.addAll(whole(columns));
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      parts.add(names.get(i) + "=" + sums.get(i));
    }
    return new Checksum(rows, parts.stream().collect(Collectors.joining(";")));
  }

  private static List<String> whole(List<AllowedColumn> columns) {
    return columns.stream()
        .filter(
            column ->
                column.iceberg().type().typeId() == Type.TypeID.INTEGER
                    || column.iceberg().type().typeId() == Type.TypeID.LONG)
        .map(AllowedColumn::name)
        .toList();
  }

  private static Column total(Column value) {
    return coalesce(sum(value.cast("decimal(28,0)")), lit(BigDecimal.ZERO));
  }

  private static String total(String value) {
    return "CAST(COALESCE(SUM(CAST(" + value + " AS NUMERIC)), 0) AS STRING)";
  }

  private static String plain(BigDecimal sum) {
    return sum.toBigIntegerExact().toString();
  }
}
