package dev.sluice.catalog.tables;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;

/** Whether a snapshot changes which rows a table has, told from its summary. */
final class RowChanges {
  private static final List<String> FILES =
      List.of(
          SnapshotSummary.ADDED_FILES_PROP,
          SnapshotSummary.DELETED_FILES_PROP,
          SnapshotSummary.ADDED_DELETE_FILES_PROP,
          SnapshotSummary.REMOVED_DELETE_FILES_PROP);

  private RowChanges() {}

  /**
   * A snapshot without files changes none; a rewrite changes none as long as it puts back as many
   * records as it takes out, or applies deletes that were there.
   */
  static boolean in(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    if (FILES.stream().allMatch(name -> number(summary, name) == 0)) {
      return false;
    }
    if (!DataOperations.REPLACE.equals(snapshot.operation())) {
      return true;
    }
    long added = number(summary, SnapshotSummary.ADDED_RECORDS_PROP);
    long removed = number(summary, SnapshotSummary.DELETED_RECORDS_PROP);
    boolean appliesDeletes = number(summary, SnapshotSummary.REMOVED_DELETE_FILES_PROP) > 0;
    return added > removed || (added < removed && !appliesDeletes);
  }

  private static long number(Map<String, String> summary, String name) {
    try {
      return Long.parseLong(summary.getOrDefault(name, "0"));
    } catch (NumberFormatException e) {
      return 1; // not a count, so it cannot show that nothing changed
    }
  }
}
