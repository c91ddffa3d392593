package dev.sluice.catalog.publishing.upkeep;

import dev.sluice.catalog.contract.Upkeep;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/**
 * Puts small files together, each row with its edition, so that it is no news to any reader. Every
 * part is a commit of its own; a part whose files another writer has replaced meanwhile is left to
 * the next time.
 */
final class CompactFiles {
  /** Parts of this size are rewritten and committed one by one, so that a kill loses little. */
  private static final long PART_BYTES = 2_000_000_000L;

  private static final int COMMITS_AT_MOST = 50;

  private CompactFiles() {}

  /** What was rewritten. */
  record Compacted(long filesBefore, long filesAfter, long bytes, long leftForNextTime) {}

  static Compacted of(SparkSession spark, Table table, Upkeep upkeep) {
    RewriteDataFiles.Result result =
        SparkActions.get(spark)
            .rewriteDataFiles(table)
            .option(RewriteDataFiles.TARGET_FILE_SIZE_BYTES, text(upkeep.targetFileBytes()))
            .option(RewriteDataFiles.MAX_FILE_GROUP_SIZE_BYTES, text(PART_BYTES))
            .option(RewriteDataFiles.PARTIAL_PROGRESS_ENABLED, "true")
            .option(RewriteDataFiles.PARTIAL_PROGRESS_MAX_COMMITS, text(COMMITS_AT_MOST))
            .option(RewriteDataFiles.PARTIAL_PROGRESS_MAX_FAILED_COMMITS, text(COMMITS_AT_MOST))
            .option("min-input-files", "2")
            .binPack()
            .execute();
    return new Compacted(
        result.rewrittenDataFilesCount(),
        result.addedDataFilesCount(),
        result.rewrittenBytesCount(),
        result.failedDataFilesCount());
  }

  private static String text(long number) {
    return Long.toString(number);
  }
}
