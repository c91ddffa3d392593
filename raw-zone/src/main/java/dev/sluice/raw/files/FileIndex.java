package dev.sluice.raw.files;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of the files of raw tables' folders, so that nothing is read twice and looking a
 * file up costs the same however many there are. It is derived: raw's rows and head decide what has
 * landed, and an index that is behind them or lost is made from them again.
 */
public interface FileIndex {

  /**
   * Up to which state of a raw table the index is complete.
   *
   * @param epoch the table's epoch then
   * @param files how many files it had taken
   */
  record Reach(long epoch, long files) {
    /** Of a table that the index knows nothing of. */
    public static final Reach NONE = new Reach(0, 0);
  }

  Reach reach(String table);

  /** Those of the marks that belong to files seen already. */
  Set<FileMark> seen(String table, Collection<FileMark> marks);

  /** Those of the marks that belong to files set aside, and why. */
  Map<FileMark, Aside> aside(String table, Collection<FileMark> marks);

  /** Numbers of landed files by their content, for those of the contents that have landed. */
  Map<String, Long> landed(String table, Collection<String> sha256);

  /** Adds files and moves the reach, together or not at all. Files that are there are replaced. */
  void add(String table, List<SeenFile> files, Reach reach);

  /** Forgets everything about a table. */
  void forget(String table);

  /** How many files of a table are set aside, by reason. */
  Map<Aside, Long> aside(String table);
}
