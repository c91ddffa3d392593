package dev.sluice.raw.files;

import java.util.List;

/**
 * What a folder holds beside what is known.
 *
 * @param known those that were seen before
 * @param fresh those to look at, the oldest first
 * @param waiting those that are still being written, as far as can be told
 */
record Survey(List<FoundFile> known, List<FoundFile> fresh, List<FoundFile> waiting) {
  Survey {
    known = List.copyOf(known);
    fresh = List.copyOf(fresh);
    waiting = List.copyOf(waiting);
  }

  /** How many files there are. */
  int all() {
    return known.size() + fresh.size() + waiting.size();
  }
}
