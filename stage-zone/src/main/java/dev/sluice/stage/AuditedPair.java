package dev.sluice.stage;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.AuditMark;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.StampedWrite;
import dev.sluice.catalog.tables.AuditBranches;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The audit branches of quarantine and stage: written, looked at, and published together or not at
 * all, quarantine first. A crash between the two leaves quarantine ahead; the next run sees that
 * from the heads and finishes the interval.
 */
final class AuditedPair {
  /**
   * At most so many files a commit and partition; on a large machine still enough to write with.
   */
  private static final int WRITERS = 4;

  private static final int DAYS_AT_MOST = 31;

  private final Promoting promoting;
  private final LaneRange editions;
  private boolean bothPublished;

  AuditedPair(Promoting promoting, LaneRange editions) {
    this.promoting = promoting;
    this.editions = editions;
  }

  /** Returns how many rows were written. */
  long writeQuarantine(Dataset<Row> rows, Head head) {
    String table = promoting.quarantine();
    return StampedWrite.appendUnshuffled(
        rows.coalesce(WRITERS), table, startBranch(table, head), Optional.of(promoting.branch()));
  }

  /** Returns how many rows were written. */
  long writeStage(Dataset<Row> rows, Head head, Set<Long> days) {
    String table = promoting.stage();
    Stamp stamp = startBranch(table, head);
    Optional<String> branch = Optional.of(promoting.branch());
    Map<String, String> mark = AuditMark.of(promoting.contract(), promoting.run());
    return isOfFewPartitions(days)
        ? StampedWrite.appendUnshuffled(rows.coalesce(WRITERS), table, stamp, branch, mark)
        : StampedWrite.append(rows, table, stamp, branch, mark);
  }

  /**
   * Puts rows in the place of those for which the condition is true; returns how many were written.
   *
   * @param days those of the rows
   * @param touched how the stamp names what it replaces
   * @param notes what the snapshot says beside its stamp
   */
  long overwriteStage(
      Dataset<Row> rows,
      Set<Long> days,
      Column replaced,
      Head head,
      Touched touched,
      Map<String, String> notes) {
    String table = promoting.stage();
    Stamp stamp = startBranch(table, head, touched);
    Optional<String> branch = Optional.of(promoting.branch());
    return isOfFewPartitions(days)
        ? StampedWrite.overwriteUnshuffled(
            rows.coalesce(WRITERS), table, replaced, stamp, branch, notes)
        : StampedWrite.overwrite(rows, table, replaced, stamp, branch, notes);
  }

  /** Whether rows of these days lie in so few partitions that several tasks may write to each. */
  private boolean isOfFewPartitions(Set<Long> days) {
    String time = promoting.contract().stage().eventTime().column();
    Set<String> coarse =
        Set.of("days(" + time + ")", "months(" + time + ")", "years(" + time + ")");
    return days.size() <= DAYS_AT_MOST
        && coarse.containsAll(promoting.contract().stage().partitioning());
  }

  private Stamp startBranch(String table, Head head) {
    return startBranch(table, head, Touched.NOTHING);
  }

  private Stamp startBranch(String table, Head head, Touched touched) {
    String branch = promoting.branch();
    AuditBranches.create(promoting.lake().table(table), branch);
    return NextStamp.on(
        head,
        promoting.run(),
        promoting.contract(),
        Map.of(promoting.lane(), editions),
        Optional.of(branch),
        touched);
  }

  /**
   * Publishes what was written to quarantine alone.
   *
   * @throws dev.sluice.catalog.tables.Refused when its main moved on meanwhile
   */
  void publishQuarantine() {
    publish(promoting.quarantine());
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
    bothPublished = quarantineToo;
  }

  private void publish(String table) {
    AuditBranches.publish(promoting.lake().table(table), promoting.branch());
  }

  /** Nothing remains of what was not published; publishing itself drops the branches. */
  void drop() {
    if (bothPublished) {
      return;
    }
    AuditBranches.drop(promoting.lake().table(promoting.quarantine()), promoting.branch());
    AuditBranches.drop(promoting.lake().table(promoting.stage()), promoting.branch());
  }
}
