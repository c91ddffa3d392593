package dev.sluice.stage;

import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.tables.StampText;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** The stamp of the newest edition of a table; empty when its snapshot has expired. */
final class LastStamp {
  private LastStamp() {}

  static Optional<Stamp> of(Table table) {
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      String text = snapshot.summary().get(Stamp.SUMMARY_KEY);
      if (text != null) {
        return Optional.of(StampText.read(text));
      }
    }
    return Optional.empty();
  }
}
