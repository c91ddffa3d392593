package dev.sluice.stage;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.tables.StampText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Which periods a forced backfill has published before it was killed. Nothing in the rows tells, so
 * each of its snapshots names the backfill (range, contract and code), in the same commit as the
 * rows, and the last one says so. A snapshot that expired meanwhile costs its period once more.
 */
final class ForcedPieces {
  private static final String BACKFILL = "sluice.backfill";
  private static final String LAST = " last";

  private final String name;

  ForcedPieces(Promoting promoting, BackfillRange range) {
    DataContract contract = promoting.contract();
    String what =
        String.join(
            "|",
            range.from().toString(),
            range.until().toString(),
            contract.hash(),
            promoting.run().codeVersion());
    this.name = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** What a snapshot of it says. */
  Map<String, String> mark(boolean last) {
    return Map.of(BACKFILL, last ? name + LAST : name);
  }

  /** Those of {@code all} that it has not published yet; all of them when it came to its end. */
  List<PeriodToDo> left(Table stage, List<PeriodToDo> all) {
    Touched done = Touched.NOTHING;
    for (Snapshot each : SnapshotUtil.currentAncestors(stage)) {
      String said = each.summary().getOrDefault(BACKFILL, "");
      if (said.equals(name + LAST)) {
        break;
      }
      String stamp = each.summary().get(Stamp.SUMMARY_KEY);
      if (said.equals(name) && stamp != null) {
        done = done.and(StampText.read(stamp).touched());
      }
    }
    List<PeriodToDo> left = new ArrayList<>(all);
    Touched before = done;
    left.removeIf(todo -> before.partitions().contains(todo.period().text()));
    return left.isEmpty() ? all : left;
  }
}
