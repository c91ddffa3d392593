package dev.sluice.catalog.position;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one commit says of itself; it travels in the snapshot summary under {@link #SUMMARY_KEY} and
 * is checked by the guard against the table's {@link Head}.
 *
 * @param run the run that wrote it
 * @param contract id of the data contract in force
 * @param contractVersion its version
 * @param codeVersion version of the product that wrote it
 * @param epoch the table's epoch as the writer saw it
 * @param edition the edition that the commit creates: the head's edition plus one
 * @param branch the audit branch it was written to; empty when written straight to main
 * @param lanes what it took, only of the lanes that moved; may be empty (a rewrite takes nothing)
 * @param touched partitions that it rewrote, for tables that are rewritten by partition
 * @param contractHash hash of that version's text; empty in stamps that do not tell it
 */
public record Stamp(
    String run,
    String contract,
    String contractVersion,
    String codeVersion,
    long epoch,
    long edition,
    Optional<String> branch,
    SortedMap<Lane, LaneRange> lanes,
    Touched touched,
    Optional<String> contractHash) {

  /** Snapshot summary key; Spark's writers take it as {@code snapshot-property.sluice.stamp}. */
  public static final String SUMMARY_KEY = "sluice.stamp";

  /** Format written by this version; a guard refuses stamps of a format it does not know. */
  public static final int FORMAT = 1;

  /** A stamp that does not tell the contract's text. */
  public Stamp(
      String run,
      String contract,
      String contractVersion,
      String codeVersion,
      long epoch,
      long edition,
      Optional<String> branch,
      SortedMap<Lane, LaneRange> lanes,
      Touched touched) {
    this(
        run,
        contract,
        contractVersion,
        codeVersion,
        epoch,
        edition,
        branch,
        lanes,
        touched,
        Optional.empty());
  }

  public Stamp {
    if (edition < 1) {
      throw new IllegalArgumentException("The first edition is 1; got " + edition);
    }
    lanes = Collections.unmodifiableSortedMap(new TreeMap<>(lanes));
  }
}
