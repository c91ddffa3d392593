package dev.sluice.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.StageColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Old against new of a rewrite: rows, places whose row says something else now, and the sums of
 * open measures. Only hashes and numbers of open columns are compared; a sum beyond a whole number
 * of 64 bits is told as the largest one.
 */
final class CompareRewrite {
  private static final int MEASURES_AT_MOST = 10;

  private final DataContract contract;
  private final List<String> measures;

  CompareRewrite(DataContract contract) {
    this.contract = contract;
    this.measures =
        contract.stage().columns().stream()
            .filter(CompareRewrite::isMeasure)
            .map(StageColumn::name)
            .limit(MEASURES_AT_MOST)
            .toList();
  }

  SortedMap<String, Long> notes(Dataset<Row> former, Dataset<Row> again) {
    Column both = col("before.content").isNotNull().and(col("after.content").isNotNull());
    Column samePlace =
        col("before." + Columns.LANE)
            .equalTo(col("after." + Columns.LANE))
            .and(col("before." + Columns.SEQUENCE).equalTo(col("after." + Columns.SEQUENCE)));
    List<Column> figures = new ArrayList<>();
    figures.add(count(col("after.content")).as("rows.new"));
    figures.add(
        count_if(both.and(not(col("before.content").equalTo(col("after.content")))))
            .as("keys.changed"));
    figures.add(count_if(col("before.content").isNull()).as("keys.came"));
    figures.add(count_if(col("after.content").isNull()).as("keys.went"));
    for (String measure : measures) {
      figures.add(total("before." + measure).as("sum." + measure + ".old"));
      figures.add(total("after." + measure).as("sum." + measure + ".new"));
    }
    Row told =
        compared(former)
            .as("before")
            .join(compared(again).as("after"), samePlace, "full")
            .agg(count(col("before.content")).as("rows.old"), figures.toArray(Column[]::new))
            .first();
    SortedMap<String, Long> notes = new TreeMap<>();
    for (String name : told.schema().fieldNames()) {
      notes.put(name, told.<Number>getAs(name).longValue());
    }
    return notes;
  }

  private Dataset<Row> compared(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(col(Columns.LANE));
    columns.add(col(Columns.SEQUENCE));
    columns.add(StageRows.content(contract).as("content"));
    measures.forEach(measure -> columns.add(col(measure)));
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column total(String measure) {
    return coalesce(sum(col(measure).cast("double")), lit(0d));
  }

  private static boolean isMeasure(StageColumn column) {
    ColumnType type = column.type();
    return column.classification() == Classification.OPEN
        && column.privacy() instanceof PrivacyMethod.Keep
        && !column.isKey()
        && (type instanceof ColumnType.Decimal
            || type == Simple.INT
            || type == Simple.BIGINT
            || type == Simple.FLOAT
            || type == Simple.DOUBLE);
  }
}
