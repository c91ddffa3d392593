package dev.sluice.raw.files;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files that were looked at, by what happens to them.
 *
 * @param taken those that land, in their order
 * @param known copies of what has landed, and those set aside
 * @param copies copies of files that are about to land with these
 * @param later those of which nothing is known yet
 */
record SortedOut(
    List<LookedAt> taken, List<SeenFile> known, List<LookedAt> copies, List<LookedAt> later) {

  /**
   * @param landed numbers of landed files by their content
   */
  static SortedOut of(List<LookedAt> files, Map<String, Long> landed) {
    SortedOut sorted =
        new SortedOut(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Set<String> now = new HashSet<>();
    for (LookedAt file : files) {
      FileMark mark = file.file().mark();
      Long before = landed.get(file.sha256());
      if (file.again().isPresent()) {
        sorted.later.add(file);
      } else if (file.aside().isPresent()) {
        sorted.known.add(SeenFile.aside(mark, file.sha256(), file.aside().get()));
      } else if (before != null) {
        sorted.known.add(SeenFile.copy(mark, file.sha256(), before));
      } else {
        (now.add(file.sha256()) ? sorted.taken : sorted.copies).add(file);
      }
    }
    return sorted;
  }

  /** Copies of what has landed meanwhile; of what has not, nothing is known yet. */
  List<SeenFile> copiesOf(Map<String, Long> landed) {
    List<SeenFile> seen = new ArrayList<>();
    for (LookedAt copy : copies) {
      Long number = landed.get(copy.sha256());
      if (number != null) {
        seen.add(SeenFile.copy(copy.file().mark(), copy.sha256(), number));
      }
    }
    return seen;
  }

  /** Whole files in portions of about this many rows, in their order. */
  List<List<LookedAt>> portions(long rows) {
    List<List<LookedAt>> portions = new ArrayList<>();
    List<LookedAt> portion = new ArrayList<>();
    long held = 0;
    for (LookedAt file : taken) {
      if (!portion.isEmpty() && held + file.records() > rows) {
        portions.add(portion);
        portion = new ArrayList<>();
        held = 0;
      }
      portion.add(file);
      held += file.records();
    }
    if (!portion.isEmpty()) {
      portions.add(portion);
    }
    return portions;
  }
}
