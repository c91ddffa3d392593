package dev.sluice.refined.export;

import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes what an export needs in BigQuery when it is not there yet: the tenant's data sets, the
 * tables of heads and exports, the table's first head and the target. Idempotent, also when two
 * exporters start at once.
 */
final class MakeExportTables {
  /** Erased rows stay restorable by query for this long; the shortest that BigQuery allows. */
  private static final long TIME_TRAVEL_HOURS = 48;

  private static final int ATTEMPTS = 5;

  private static final Schema HEADS =
      Schema.of(
          field("table_name", StandardSQLTypeName.STRING),
          field("head_position", StandardSQLTypeName.STRING),
          field("export_no", StandardSQLTypeName.INT64),
          field("erasure_epoch", StandardSQLTypeName.INT64),
          field("refined_epoch", StandardSQLTypeName.INT64),
          field("exported_columns", StandardSQLTypeName.STRING));

  private static final Schema LEDGER =
      Schema.of(
          field("table_name", StandardSQLTypeName.STRING),
          field("export_no", StandardSQLTypeName.INT64),
          field("base_position", StandardSQLTypeName.STRING),
          field("until_position", StandardSQLTypeName.STRING),
          field("refined_snapshot_id", StandardSQLTypeName.INT64),
          field("row_cnt", StandardSQLTypeName.INT64),
          field("checksum", StandardSQLTypeName.STRING),
          field("bytes", StandardSQLTypeName.INT64),
          field("partition_cnt", StandardSQLTypeName.INT64),
          field("pending", StandardSQLTypeName.STRING),
          field("gate", StandardSQLTypeName.STRING),
          field("contract_id", StandardSQLTypeName.STRING),
          field("contract_version", StandardSQLTypeName.STRING),
          field("contract_hash", StandardSQLTypeName.STRING),
          field("run_id", StandardSQLTypeName.STRING),
          field("code_version", StandardSQLTypeName.STRING),
          field("committed_at", StandardSQLTypeName.TIMESTAMP));

  private final BigQuerySession bigQuery;
  private final ExportTable table;

  MakeExportTables(BigQuerySession bigQuery, ExportTable table) {
    this.bigQuery = bigQuery;
    this.table = table;
  }

  /**
   * Makes them; an existing target gets what it lacks of {@code columns}.
   *
   * @param base what was exported before; what that needed is there and not looked for again
   */
  void make(AllowedColumns columns, ExportedHead base) {
    boolean first = base.isStart();
    if (first) {
      dataset(table.dataset());
      dataset(table.operations());
      table(table.heads(), StandardTableDefinition.of(HEADS));
      table(table.ledger(), StandardTableDefinition.of(LEDGER));
    }
    Table target = target(table(table.target(), targetDefinition(columns)));
    new FitTarget(bigQuery, table)
        .gain(new TargetColumns(table.name(), schemaOf(target), columns), target);
    if (first) {
      firstHead(base);
    }
  }

  /** A table that another exporter makes in this moment may have no columns yet. */
  private Table target(Table made) {
    Table found = made;
    for (int attempt = 1; schemaOf(found).getFields().isEmpty() && attempt < ATTEMPTS; attempt++) {
      BigQuerySession.pause("look a table up");
      found = found(table.target());
    }
    return found;
  }

  private Schema schemaOf(Table target) {
    return Optional.ofNullable(target.getDefinition().getSchema())
        .orElseThrow(() -> ExportRefused.setup(table.name() + " in BigQuery has no schema"));
  }

  private Optional<Table> look(TableId id) {
    return bigQuery.ask(
        "look a table up", () -> Optional.ofNullable(bigQuery.client().getTable(id)));
  }

  private Table found(TableId id) {
    return look(id)
        .orElseThrow(
            () -> ExportRefused.setup("Table " + id.getTable() + " vanished from BigQuery"));
  }

  private void dataset(DatasetId id) {
    BooleanSupplier there =
        () ->
            bigQuery
                .ask(
                    "look a data set up",
                    () -> Optional.ofNullable(bigQuery.client().getDataset(id)))
                .isPresent();
    if (!there.getAsBoolean()) {
      orAlreadyThere(
          "make a data set",
          there,
          () ->
              bigQuery
                  .client()
                  .create(
                      DatasetInfo.newBuilder(id)
                          .setLocation(bigQuery.location())
                          .setMaxTimeTravelHours(TIME_TRAVEL_HOURS)
                          .build()));
    }
  }

  private Table table(TableId id, StandardTableDefinition definition) {
    Optional<Table> there = look(id);
    if (there.isPresent()) {
      return there.get();
    }
    orAlreadyThere(
        "make a table",
        () -> look(id).isPresent(),
        () -> bigQuery.client().create(TableInfo.of(id, definition)));
    return found(id);
  }

  /** However it failed: what somebody else has made meanwhile is as good. */
  private void orAlreadyThere(String act, BooleanSupplier there, Runnable create) {
    try {
      bigQuery.ask(
          act,
          () -> {
            create.run();
            return act;
          });
    } catch (BigQueryFailed e) {
      if (!e.isDuplicate() && !there.getAsBoolean()) {
        throw e;
      }
    }
  }

  private StandardTableDefinition targetDefinition(AllowedColumns columns) {
    StandardTableDefinition.Builder definition =
        StandardTableDefinition.newBuilder().setSchema(columns.schema());
    Field partition = columns.partition().field();
    switch (partition.getType().getStandardType()) {
      case DATE, TIMESTAMP, DATETIME ->
          definition.setTimePartitioning(
              TimePartitioning.newBuilder(TimePartitioning.Type.DAY)
                  .setField(partition.getName())
                  .build());
      default ->
          definition.setClustering(
              Clustering.newBuilder().setFields(List.of(partition.getName())).build());
    }
    return definition.build();
  }

  /**
   * Two exporters may both find no head; the job's id, which names the head table by its birth and
   * the last export, lets only one of them insert it. BigQuery may refuse a job while another
   * changes the table or is made under the same id, so it is tried again: the statement does
   * nothing where a head is.
   */
  private void firstHead(ExportedHead base) {
    ReadExportedHead heads = new ReadExportedHead(bigQuery, table.project());
    if (heads.of(table).isPresent()) {
      return;
    }
    long born = Optional.ofNullable(found(table.heads()).getCreationTime()).orElse(0L);
    QueryJobConfiguration insert =
        QueryJobConfiguration.newBuilder(
                "INSERT INTO "
                    + ExportTable.sql(table.heads())
                    + " (table_name, head_position, export_no, erasure_epoch, refined_epoch,"
                    + " exported_columns) SELECT @t, @p, @no, 0, 0, '{}' FROM (SELECT 1) WHERE NOT"
                    + " EXISTS (SELECT 1 FROM "
                    + ExportTable.sql(table.heads())
                    + " WHERE table_name = @t)")
            .setUseLegacySql(false)
            .addNamedParameter("t", QueryParameterValue.string(table.name()))
            .addNamedParameter("p", QueryParameterValue.string(base.positionText()))
            .addNamedParameter("no", QueryParameterValue.int64(base.exportNo()))
            .build();
    String id =
        "exp_head_"
            + Sha256.of(
                table.project(), table.name(), Long.toString(born), Long.toString(base.exportNo()));
    for (int attempt = 1; ; attempt++) {
      Optional<BigQueryFailed> failure = insert(id, insert, heads);
      if (failure.isEmpty()) {
        return;
      }
      if (attempt == ATTEMPTS) {
        throw failure.get();
      }
      BigQuerySession.pause("make the first head");
    }
  }

  private Optional<BigQueryFailed> insert(
      String id, QueryJobConfiguration insert, ReadExportedHead heads) {
    try {
      return new QueryOnce(bigQuery)
          .run("make the first head", id, insert, () -> heads.of(table).isPresent());
    } catch (BigQueryFailed e) {
      return heads.of(table).isPresent() ? Optional.empty() : Optional.of(e);
    }
  }

  private static Field field(String name, StandardSQLTypeName type) {
    return Field.of(name, type);
  }
}
