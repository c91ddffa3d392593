package dev.sluice.catalog.publishing.upkeep;

import dev.sluice.catalog.contract.Upkeep;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.upkeep.CompactFiles.Compacted;
import dev.sluice.catalog.publishing.upkeep.OldSnapshots.Expired;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.AuditBranches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;

/**
 * Keeps one table in order while others write to it: drops branches of runs that are over, puts
 * small files and manifests together, expires snapshots, removes orphans, in this order, since each
 * step makes work for the next and only the last removes what no step may still need. It changes no
 * row, no edition and no head.
 */
public final class MaintainTable {
  private final Lake lake;
  private final String name;
  private final Upkeep upkeep;
  private final Predicate<String> isRunning;
  private final Instant now;

  /**
   * @param name the table, {@code namespace.table}
   * @param isRunning whether the run of an id still lives
   * @param now the time by which snapshots, orphans and branches are old
   */
  public MaintainTable(
      Lake lake, String name, Upkeep upkeep, Predicate<String> isRunning, Instant now) {
    this.lake = lake;
    this.name = name;
    this.upkeep = upkeep;
    this.isRunning = isRunning;
    this.now = now;
  }

  /** Does what is needed; figures are in the notes. */
  public JobOutcome run(String dataSet, String tenant) {
    if (!lake.exists(name)) {
      return new JobOutcome.NothingToDo(name + " does not exist yet");
    }
    Table table = lake.table(name);
    SortedMap<String, Long> notes = new TreeMap<>();
    dropBranches(table, notes);
    compact(table, notes);
    TidyManifests manifests = new TidyManifests(lake.table(name));
    if (manifests.isNeeded()) {
      notes.put("manifestsReplaced", manifests.rewrite(lake.spark()));
    }
    keepFewMetadata(lake.table(name), notes);
    expire(lake.table(name), notes);
    note(notes, "orphansRemoved", orphans(lake.table(name)).remove());
    return notes.isEmpty()
        ? new JobOutcome.NothingToDo(name + " is in order")
        : new JobOutcome.Done(StepFigures.allPublished("maintain", dataSet, tenant, 0, notes));
  }

  /** What a run would do. */
  public JobPlan plan() {
    if (!lake.exists(name)) {
      return new JobPlan(List.of(name + " does not exist yet"), true);
    }
    Table table = lake.table(name);
    List<String> lines = new ArrayList<>();
    StaleBranches.of(table, isRunning, now).forEach(b -> lines.add("drop branch " + b));
    SmallFiles small = SmallFiles.in(table, upkeep);
    if (small.small() > upkeep.smallFiles()) {
      lines.add(
          "put together "
              + small.small()
              + " small of "
              + small.dataFiles()
              + " files ("
              + small.smallBytes()
              + " bytes)");
    }
    TidyManifests manifests = new TidyManifests(table);
    if (manifests.isNeeded()) {
      lines.add("put together " + manifests.count() + " manifests");
    }
    line(lines, "expire snapshots", new OldSnapshots(table, upkeep, now).count());
    line(lines, "remove orphans", orphans(table).count());
    return new JobPlan(lines, lines.isEmpty());
  }

  private void dropBranches(Table table, SortedMap<String, Long> notes) {
    List<String> stale = StaleBranches.of(table, isRunning, now);
    stale.forEach(branch -> AuditBranches.drop(table, branch));
    note(notes, "branchesDropped", stale.size());
  }

  private void compact(Table table, SortedMap<String, Long> notes) {
    if (SmallFiles.in(table, upkeep).small() <= upkeep.smallFiles()) {
      return;
    }
    Compacted compacted = CompactFiles.of(lake.spark(), table, upkeep);
    note(notes, "filesBefore", compacted.filesBefore());
    note(notes, "filesAfter", compacted.filesAfter());
    note(notes, "bytesRewritten", compacted.bytes());
    note(notes, "filesLeftForNextTime", compacted.leftForNextTime());
  }

  private void keepFewMetadata(Table table, SortedMap<String, Long> notes) {
    Map<String, String> wanted =
        Map.of(
            TableProperties.METADATA_PREVIOUS_VERSIONS_MAX,
            Integer.toString(upkeep.metadataKept()),
            TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED,
            "true");
    if (!table.properties().entrySet().containsAll(wanted.entrySet())) {
      var change = table.updateProperties();
      wanted.forEach(change::set);
      change.commit();
      note(notes, "metadataKept", upkeep.metadataKept());
    }
  }

  private void expire(Table table, SortedMap<String, Long> notes) {
    OldSnapshots old = new OldSnapshots(table, upkeep, now);
    if (old.count() == 0) {
      return;
    }
    Expired expired = old.remove();
    note(notes, "snapshotsExpired", expired.snapshots());
    note(notes, "filesRemoved", expired.files());
  }

  private Orphans orphans(Table table) {
    return new Orphans(lake.spark(), table, upkeep, now);
  }

  private static void note(SortedMap<String, Long> notes, String what, long count) {
    if (count > 0) {
      notes.put(what, count);
    }
  }

  private static void line(List<String> lines, String what, long count) {
    if (count > 0) {
      lines.add(what + ": " + count);
    }
  }
}
