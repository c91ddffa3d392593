package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.AuditBranches;
import java.util.stream.LongStream;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What one run promotes: a data set of a tenant, its three tables and the lane between them. */
record Promoting(Lake lake, DataContract contract, TenantId tenant, RunContext run) {
  private static final long PORTION_BYTES = 2L << 20;
  private static final long LISTED_AT_LEAST = 11;
  private static final long LISTED_AT_MOST = 100;

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
        .option(SparkReadOptions.FILE_OPEN_COST, PORTION_BYTES / 2)
        .table(lake.sql(raw()))
        .where(isIn(editions));
  }

  /**
   * Few editions are listed: Spark keeps a list of more than ten numbers apart from the code that
   * it generates, whereas the ends of a range stand in it, so that each promotion would compile its
   * code anew and begin it unoptimised. Files are pruned by either.
   */
  private static Column isIn(LaneRange editions) {
    Column edition = col(Lake.EDITION);
    if (editions.length() > LISTED_AT_MOST) {
      return edition.geq(editions.from()).and(edition.lt(editions.until()));
    }
    return edition.isin(
        LongStream.concat(
                LongStream.range(editions.from(), editions.until()),
                LongStream.rangeClosed(-LISTED_AT_LEAST, -1)) // there are no such editions
            .boxed()
            .toArray());
  }

  /** The raw rows at these places; the others are left where they are read. */
  Dataset<Row> rawRows(Places places) {
    return rawRows(new LaneRange(places.firstEdition(), places.lastEdition() + 1))
        .where(places.landedIn(Lake.EDITION))
        .where(places.include(lake.spark(), "lane", "sequence"));
  }

  /** The rows of stage; a commit's files are small, so that many of them go to one task. */
  Dataset<Row> stageRows() {
    return lake.spark()
        .read()
        .option(SparkReadOptions.FILE_OPEN_COST, PORTION_BYTES / 2)
        .table(lake.sql(stage()));
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
