package dev.sluice.catalog.publishing.upkeep;

import dev.sluice.catalog.contract.Upkeep;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Snapshots that are neither recent nor among the last few, and the files only they know. */
final class OldSnapshots {
  private final Table table;
  private final Upkeep upkeep;
  private final Instant now;

  OldSnapshots(Table table, Upkeep upkeep, Instant now) {
    this.table = table;
    this.upkeep = upkeep;
    this.now = now;
  }

  /** What was removed. */
  record Expired(long snapshots, long files) {}

  /** How many would go; nothing is removed. */
  long count() {
    List<Snapshot> old = expire().apply();
    return old.size();
  }

  /** Removes them; branches and tags keep what they point to. */
  Expired remove() {
    long before = count();
    AtomicLong files = new AtomicLong();
    expire()
        .deleteWith(
            file -> {
              table.io().deleteFile(file);
              files.incrementAndGet();
            })
        .commit();
    return new Expired(before, files.get());
  }

  private ExpireSnapshots expire() {
    return table
        .expireSnapshots()
        .expireOlderThan(now.minus(upkeep.snapshotsFor()).toEpochMilli())
        .retainLast(upkeep.snapshotsKept());
  }
}
