package dev.sluice.raw.files;

import java.util.List;

/**
 * What a folder holds beside what is known.
 *
 * @param all how many files there are
 * @param fresh those to look at, the oldest first
 * @param waiting those that are still being written, as far as can be told
 */
record Survey(int all, List<FoundFile> fresh, List<FoundFile> waiting) {
  Survey {
    fresh = List.copyOf(fresh);
    waiting = List.copyOf(waiting);
  }
}
