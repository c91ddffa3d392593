package dev.sluice.raw.files;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds what is new in a folder. A file is taken for whole when it has stayed as it is for the
 * contract's time: by its age, or, if it is younger, by looking twice that far apart.
 */
final class SurveyFolder {
  private final ReadDropFolder folder;
  private final FileIndex index;
  private final String table;
  private final Duration settle;
  private final Clock clock;
  private final Consumer<Duration> pause;

  /**
   * @param pause lets time pass; the clock shows it afterwards
   */
  SurveyFolder(
      ReadDropFolder folder,
      FileIndex index,
      String table,
      Duration settle,
      Clock clock,
      Consumer<Duration> pause) {
    this.folder = folder;
    this.index = index;
    this.table = table;
    this.settle = settle;
    this.clock = clock;
    this.pause = pause;
  }

  /** As it is now, young files among those that wait. */
  Survey atOnce() throws IOException {
    return among(folder.list());
  }

  private Survey among(List<FoundFile> all) throws IOException {
    List<FoundFile> known = new ArrayList<>();
    List<FoundFile> fresh = new ArrayList<>();
    List<FoundFile> young = new ArrayList<>();
    long settled = clock.millis() - settle.toMillis();
    Set<FileMark> seen = index.seen(table, all.stream().map(FoundFile::mark).toList());
    for (FoundFile file : all) {
      if (seen.contains(file.mark())) {
        known.add(file);
      } else {
        (file.modified() <= settled && !folder.isOpen(file) ? fresh : young).add(file);
      }
    }
    return new Survey(known, fresh, young);
  }

  /** The same, after young files had the time to show whether they still change. */
  Survey settled() throws IOException {
    List<FoundFile> before = folder.list();
    Survey first = among(before);
    if (first.waiting().isEmpty()) {
      return first;
    }
    long youngest =
        first.waiting().stream().mapToLong(FoundFile::modified).max().orElse(clock.millis());
    Duration left = Duration.ofMillis(youngest - clock.millis()).plus(settle);
    pause.accept(left.compareTo(settle) > 0 ? settle : left);
    Set<FoundFile> unseen = new HashSet<>(first.fresh());
    unseen.addAll(first.waiting());
    Set<FoundFile> unchanged = new HashSet<>(before);
    List<FoundFile> known = new ArrayList<>();
    List<FoundFile> fresh = new ArrayList<>();
    List<FoundFile> waiting = new ArrayList<>();
    for (FoundFile file : folder.list()) {
      if (!unchanged.contains(file) || unseen.contains(file) && folder.isOpen(file)) {
        waiting.add(file);
      } else if (unseen.contains(file)) {
        fresh.add(file);
      } else {
        known.add(file);
      }
    }
    return new Survey(known, fresh, waiting);
  }
}
