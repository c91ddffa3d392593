package dev.sluice.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PrivacyMethod.Generalise;
import dev.sluice.catalog.contract.PrivacyMethod.Keep;
import dev.sluice.catalog.contract.RowRule;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.catalog.publishing.BudgetedMatches;
import dev.sluice.stage.decode.Reason;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Raw rows become what stage may hold, in one pass without a shuffle: decoded, held to the row
 * rules, tokenised. A row that fails keeps its place, its reason and its sealed bytes, and none of
 * its values. So nothing clear is in the result, which may be kept, shuffled and spilled.
 */
final class ConformRows {
  /** Prefix of helper columns: whether the clear value was there. */
  private static final String HAD = "_had_";

  private ConformRows() {}

  static Dataset<Row> of(Dataset<Row> raw, DataContract contract, WrappedKeyset keyset) {
    Dataset<Row> clear = DecodeRows.of(raw, contract);
    return sealed(conformed(judged(clear, contract), contract, keyset), contract, keyset);
  }

  /**
   * The rules see clear values by column name; a rule that is null, fails or is not decided in time
   * is not held.
   */
  private static Dataset<Row> judged(Dataset<Row> clear, DataContract contract) {
    Column reason = when(col(Columns.REASON).isNotNull(), col(Columns.REASON));
    for (RowRule rule : contract.stage().rowRules()) {
      Column held = coalesce(TryColumn.of(clear.sparkSession(), rule.expression()), lit(false));
      reason = reason.when(not(held), lit("RULE:" + rule.id()));
    }
    return BudgetedMatches.in(clear.withColumn(Columns.REASON, reason));
  }

  private static Dataset<Row> conformed(
      Dataset<Row> judged, DataContract contract, WrappedKeyset keyset) {
    PrivacyColumns privacy = new PrivacyColumns(keyset);
    PartitionTexts partitions = new PartitionTexts(contract);
    List<Column> columns = new ArrayList<>();
    for (String fixed :
        List.of(
            Columns.RAW_EDITION,
            Columns.LANE,
            Columns.SEQUENCE,
            Columns.SIZE,
            Columns.VALUE,
            Columns.REASON,
            Columns.FIELD,
            Columns.UNKNOWN)) {
      columns.add(col(fixed));
    }
    for (StageColumn column : StageRows.columns(contract)) {
      Column value = partitions.fitting(column, privacy.stage(column));
      columns.add(when(col(Columns.REASON).isNull(), value).as(column.name()));
      if (mayBeLost(column, partitions)) {
        columns.add(col(column.name()).isNotNull().as(HAD + column.name()));
      }
    }
    return judged.select(columns.toArray(Column[]::new));
  }

  /** Last: what the privacy method or the stage type could not hold is set aside as well. */
  private static Dataset<Row> sealed(
      Dataset<Row> conformed, DataContract contract, WrappedKeyset keyset) {
    Column reason = col(Columns.REASON);
    Column field = col(Columns.FIELD);
    Column lost = lit(false);
    PartitionTexts partitions = new PartitionTexts(contract);
    for (StageColumn column : StageRows.columns(contract)) {
      if (mayBeLost(column, partitions)) {
        Column missing =
            reason.isNull().and(col(HAD + column.name())).and(col(column.name()).isNull());
        field = when(missing, lit(column.source().name())).otherwise(field);
        lost = lost.or(missing);
      }
    }
    Dataset<Row> judged =
        conformed
            .withColumn(Columns.FIELD, field)
            .withColumn(
                Columns.REASON, when(lost, lit(Reason.OUT_OF_RANGE.name())).otherwise(reason));
    Column payload =
        when(
            col(Columns.REASON).isNotNull(),
            new PrivacyColumns(keyset)
                .sealed(col(Columns.VALUE), col(Columns.LANE), col(Columns.SEQUENCE)));
    return judged
        .withColumn(Columns.PAYLOAD, payload)
        .withColumn(Columns.AT, at(contract))
        .withColumn(Columns.KEY, when(col(Columns.REASON).isNull(), keyHash(contract)))
        .drop(
            StageRows.columns(contract).stream()
                .filter(c -> mayBeLost(c, partitions))
                .map(c -> HAD + c.name())
                .toArray(String[]::new))
        .drop(Columns.VALUE);
  }

  /** Whether a value may have none in stage: no bucket for it, a narrower type, no directory. */
  private static boolean mayBeLost(StageColumn column, PartitionTexts partitions) {
    return column.privacy() instanceof Generalise
        || partitions.has(column)
        || column.privacy() instanceof Keep && !column.type().equals(column.source().type());
  }

  /** Event time in microseconds, whatever kind of time the column is. */
  static Column at(DataContract contract) {
    return unix_micros(col(contract.stage().eventTime().column()).cast("timestamp"));
  }

  /** Hash of the business key; null when a part of it is null, so that such rows never collapse. */
  static Column keyHash(DataContract contract) {
    Column[] parts = key(contract);
    Column complete = lit(parts.length > 0);
    for (Column part : parts) {
      complete = complete.and(part.isNotNull());
    }
    return when(complete, xxhash64(parts));
  }

  static Column[] key(DataContract contract) {
    return contract.stage().key().stream().map(c -> col(c.name())).toArray(Column[]::new);
  }
}
