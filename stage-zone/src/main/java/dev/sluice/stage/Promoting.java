package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.AuditBranches;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What one run promotes: a data set of a tenant, its three tables and the lane between them. */
record Promoting(Lake lake, DataContract contract, TenantId tenant, RunContext run) {
  private static final long PORTION_BYTES = 4L << 20;

  String raw() {
    return contract.rawTable(tenant);
  }

  String stage() {
    return contract.stageTable(tenant);
  }

  String quarantine() {
    return contract.quarantineTable(tenant);
  }

  /**
   * The raw rows of these editions, in small portions: one commit's rows are few megabytes, which
   * would otherwise be read, decoded and tokenised by a single task.
   */
  Dataset<Row> rawRows(LaneRange editions) {
    return lake.spark()
        .read()
        .option(SparkReadOptions.SPLIT_SIZE, PORTION_BYTES)
        .option(SparkReadOptions.FILE_OPEN_COST, PORTION_BYTES / 4)
        .table(lake.sql(raw()))
        .where(col(Lake.EDITION).geq(editions.from()).and(col(Lake.EDITION).lt(editions.until())));
  }

  /** The raw rows at these places; the others are left where they are read. */
  Dataset<Row> rawRows(Places places) {
    return rawRows(new LaneRange(places.firstEdition(), places.lastEdition() + 1))
        .where(places.landedIn(Lake.EDITION))
        .where(places.include(lake.spark(), "lane", "sequence"));
  }

  /** The lane whose sequence is raw's edition. */
  Lane lane() {
    return Lane.ofTable(raw());
  }

  /** The audit branch of this run, of the same name on both tables. */
  String branch() {
    return AuditBranches.nameFor(run.id());
  }

  /** The same under another version of the contract. */
  Promoting under(DataContract other) {
    return new Promoting(lake, other, tenant, run);
  }
}
