package dev.sluice.raw.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that were looked at, by what happens to them.
 *
 * @param taken those that land, with their numbers, in their order
 * @param known copies of what has landed, and those set aside
 * @param copies copies of files that are about to land with these
 * @param later those of which nothing is known yet
 */
record SortedOut(
    List<NumberedFile> taken, List<SeenFile> known, List<SeenFile> copies, List<LookedAt> later) {

  /**
   * @param landed numbers of landed files by their content
   * @param next the number of the next file to land
   */
  static SortedOut of(List<LookedAt> files, Map<String, Long> landed, long next) {
    SortedOut sorted =
        new SortedOut(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Map<String, Long> now = new HashMap<>();
    for (LookedAt file : files) {
      FileMark mark = file.file().mark();
      Long before = landed.get(file.sha256());
      Long beside = now.get(file.sha256());
      if (file.again().isPresent()) {
        sorted.later.add(file);
      } else if (file.aside().isPresent()) {
        sorted.known.add(SeenFile.aside(mark, file.sha256(), file.aside().get()));
      } else if (before != null) {
        sorted.known.add(SeenFile.copy(mark, file.sha256(), before));
      } else if (beside != null) {
        sorted.copies.add(SeenFile.copy(mark, file.sha256(), beside));
      } else {
        long number = next + sorted.taken.size();
        now.put(file.sha256(), number);
        sorted.taken.add(new NumberedFile(file, number));
      }
    }
    return sorted;
  }

  /** Whole files in portions of about this many rows, in their order. */
  List<List<NumberedFile>> portions(long rows) {
    List<List<NumberedFile>> portions = new ArrayList<>();
    List<NumberedFile> portion = new ArrayList<>();
    long held = 0;
    for (NumberedFile file : taken) {
      if (!portion.isEmpty() && held + file.looked().records() > rows) {
        portions.add(portion);
        portion = new ArrayList<>();
        held = 0;
      }
      portion.add(file);
      held += file.looked().records();
    }
    if (!portion.isEmpty()) {
      portions.add(portion);
    }
    return portions;
  }
}
