package dev.sluice.catalog.publishing.upkeep;

import dev.sluice.catalog.contract.Upkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The files of a table's main that are well below the target size and could be put together,
 * because another such file lies in their partition.
 *
 * @param dataFiles all data files
 * @param small how many of them are small and not alone
 * @param smallBytes their size
 */
record SmallFiles(long dataFiles, long small, long smallBytes) {
  /** Below this share of the target a file is small; Iceberg's own rewrite draws the same line. */
  private static final double WELL_BELOW = 0.75;

  private record InPartition(long count, long bytes) {
    InPartition plus(long length) {
      return new InPartition(count + 1, bytes + length);
    }
  }

  static SmallFiles in(Table table, Upkeep upkeep) {
    long limit = (long) (upkeep.targetFileBytes() * WELL_BELOW);
    Map<String, InPartition> small = new HashMap<>();
    long files = 0;
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        files++;
        if (task.file().fileSizeInBytes() < limit) {
          String partition = task.spec().specId() + "/" + task.partition();
          small.merge(
              partition,
              new InPartition(1, task.file().fileSizeInBytes()),
              (a, b) -> a.plus(b.bytes()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to read the manifests of " + table.name(), e);
    }
    long count = 0;
    long bytes = 0;
    for (InPartition each : small.values()) {
      if (each.count() > 1) {
        count += each.count();
        bytes += each.bytes();
      }
    }
    return new SmallFiles(files, count, bytes);
  }
}
