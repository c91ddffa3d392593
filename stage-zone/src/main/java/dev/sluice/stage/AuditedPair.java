package dev.sluice.stage;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.StampedWrite;
import dev.sluice.catalog.tables.AuditBranches;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The audit branches of quarantine and stage: written, looked at, and published together or not at
 * all, quarantine first. A crash between the two leaves quarantine ahead; the next run sees that
 * from the heads and finishes the interval.
 */
final class AuditedPair {
  private final Promoting promoting;
  private final LaneRange editions;

  AuditedPair(Promoting promoting, LaneRange editions) {
    this.promoting = promoting;
    this.editions = editions;
  }

  /** Returns how many rows were written. */
  long writeQuarantine(Dataset<Row> rows, Head head) {
    return write(promoting.quarantine(), rows, head);
  }

  /** Returns how many rows were written. */
  long writeStage(Dataset<Row> rows, Head head) {
    return write(promoting.stage(), rows, head);
  }

  private long write(String table, Dataset<Row> rows, Head head) {
    String branch = promoting.branch();
    AuditBranches.create(promoting.lake().table(table), branch);
    return StampedWrite.append(
        rows,
        table,
        NextStamp.on(
            head,
            promoting.run(),
            promoting.contract(),
            Map.of(promoting.lane(), editions),
            Optional.of(branch),
            Touched.NOTHING),
        Optional.of(branch));
  }

  /**
   * Publishes what was written.
   *
   * @throws dev.sluice.catalog.tables.Refused when main of either moved on meanwhile
   */
  void publish(boolean quarantineToo) {
    if (quarantineToo) {
      publish(promoting.quarantine());
    }
    publish(promoting.stage());
  }

  private void publish(String table) {
    AuditBranches.publish(promoting.lake().table(table), promoting.branch());
  }

  /** Nothing remains of what was not published. */
  void drop() {
    AuditBranches.drop(promoting.lake().table(promoting.quarantine()), promoting.branch());
    AuditBranches.drop(promoting.lake().table(promoting.stage()), promoting.branch());
  }
}
