package dev.sluice.catalog.contract;

import java.time.Duration;

/**
 * How a table is kept in order.
 *
 * @param targetFileBytes files well below this size are put together
 * @param smallFiles so many small files may stand before they are put together
 * @param snapshotsKept so many snapshots stay, however old
 * @param snapshotsFor snapshots stay at least this long, so that readers can end
 * @param metadataKept earlier metadata files that stay
 * @param orphansAfter files that no snapshot knows are removed when this old; a writer's files are
 *     such until its commit, so this must be longer than any job
 */
public record Upkeep(
    long targetFileBytes,
    int smallFiles,
    int snapshotsKept,
    Duration snapshotsFor,
    int metadataKept,
    Duration orphansAfter) {

  /** What holds where a contract says nothing. */
  public static final Upkeep DEFAULT =
      new Upkeep(128_000_000, 20, 20, Duration.ofHours(6), 100, Duration.ofDays(3));
}
