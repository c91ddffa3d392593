package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.run.RunContext;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the stamp of the commit that follows a head. */
public final class NextStamp {
  private NextStamp() {}

  /** The stamp of an append straight to main. */
  public static Stamp on(
      Head head, RunContext run, DataContract contract, Map<Lane, LaneRange> lanes) {
    return on(head, run, contract, lanes, Optional.empty(), Touched.NOTHING);
  }

  /**
   * The stamp of a commit.
   *
   * @param head the table's head when the job decided what to take
   * @param lanes what it takes; lanes that do not move are left out of the stamp
   * @param branch the audit branch it is written to; empty for main
   * @param touched the partitions it rewrites, for tables that are rewritten by partition
   */
  public static Stamp on(
      Head head,
      RunContext run,
      DataContract contract,
      Map<Lane, LaneRange> lanes,
      Optional<String> branch,
      Touched touched) {
    TreeMap<Lane, LaneRange> moved = new TreeMap<>(lanes);
    moved.values().removeIf(range -> range.length() == 0);
    return new Stamp(
        run.id(),
        contract.id(),
        contract.version(),
        run.codeVersion(),
        head.epoch(),
        head.edition() + 1,
        branch,
        moved,
        touched,
        Optional.of(contract.hash()));
  }
}
