package dev.sluice.refined.export;

import dev.sluice.catalog.position.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far one refined table has been exported, as BigQuery remembers it: changed only in the
 * transaction that changes the rows.
 *
 * @param position up to where the refined table's editions are in BigQuery
 * @param positionText its text, compared byte by byte by the next export
 * @param exportNo number of the last export; keeps job ids apart, and is never given twice, also
 *     when the head is begun anew
 * @param erasureEpoch raised by erasures; an export must not carry a lower one
 * @param refinedEpoch epoch of the refined table that was exported
 * @param columns exported columns and their parts by path, with their field id in Iceberg and their
 *     type; empty before the first export
 * @param pending partitions (canonical text) that changed before {@code position} but wait
 * @param withheld partitions that changed before and of which too much is suppressed; BigQuery has
 *     nothing of them
 * @param policy fingerprint of the policy under which the rows left; empty when unknown
 */
public record ExportedHead(
    Position position,
    String positionText,
    long exportNo,
    long erasureEpoch,
    long refinedEpoch,
    Map<String, String> columns,
    SortedSet<String> pending,
    SortedSet<String> withheld,
    String policy) {

  /** Where a table stands that was never exported. */
  public static final ExportedHead NONE = startAfter(0);

  public ExportedHead {
    columns = Collections.unmodifiableMap(new TreeMap<>(columns));
    pending = Collections.unmodifiableSortedSet(new TreeSet<>(pending));
    withheld = Collections.unmodifiableSortedSet(new TreeSet<>(withheld));
  }

  /** What comes again with the next export. */
  SortedSet<String> unsent() {
    SortedSet<String> unsent = new TreeSet<>(pending);
    unsent.addAll(withheld);
    return unsent;
  }

  /** Whether rows may stand that were sent with this column. */
  boolean mayHaveSent(String column) {
    return isStart() || columns.containsKey(column);
  }

  /** How many partitions wait or are withheld, and why; empty when none. */
  public String unsentInWords() {
    List<String> words = new ArrayList<>();
    if (!pending.isEmpty()) {
      words.add(
          pending.size()
              + " partitions wait (open, too close to what was exported, or more than a day's bytes)");
    }
    if (!withheld.isEmpty()) {
      words.add(
          withheld.size()
              + " partitions are withheld (more is suppressed than maxSuppressed allows)");
    }
    return String.join(", ", words);
  }

  /**
   * Where a table begins of which BigQuery has nothing that counts.
   *
   * @param exportNo the last export that the ledger knows, made before the head was taken away; 0
   *     when it knows none
   */
  static ExportedHead startAfter(long exportNo) {
    return new ExportedHead(
        Position.START,
        PositionText.write(Position.START),
        exportNo,
        0,
        0,
        Map.of(),
        Collections.emptySortedSet(),
        Collections.emptySortedSet(),
        "");
  }

  /** Whether nothing has been exported since this head was begun. */
  boolean isStart() {
    return position.equals(Position.START);
  }
}
