package dev.sluice.refined.export;

import dev.sluice.refined.anonymity.AnonymityFigures;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Cuts an export that is larger than all that may leave in a day: the newest partitions leave now,
 * the others wait, as many days as it takes. One partition alone is never cut; where it is larger
 * than a day, it waits and the others leave.
 */
record FillDay(AllowedColumns columns, Path folder, long dayLimit) {
  /** Rows differ in size, so a guess aims below the limit. */
  private static final double AIM = 0.9;

  /** What leaves now, encoded. */
  record Part(JudgedExport judged, StagedFile file) {}

  /**
   * The part that fits; depends on nothing but rows and limit, so a run that takes over from a dead
   * one makes the same. One that does not fit when there is nothing else.
   *
   * @param file all rows that leave
   */
  Part of(JudgedExport judged, StagedFile file) {
    Part part = new Part(judged, file);
    Set<String> larger = new HashSet<>();
    for (int cut = 1; part.file().bytes() > dayLimit; cut++) {
      Set<String> tooMuch = tooMuch(part);
      JudgedExport from = part.judged();
      if (tooMuch.isEmpty()) {
        larger.addAll(withRows(from));
        if (larger.containsAll(withRows(judged))) {
          return part;
        }
        from = judged;
        tooMuch = larger;
      }
      JudgedExport fewer = from.holding(Set.copyOf(tooMuch));
      Path to = folder.resolve("cut" + cut);
      part = new Part(fewer, new EncodeParquet(columns, to).write(fewer.leaving()));
    }
    return part;
  }

  /** The partitions that leave with rows. */
  private static Set<String> withRows(JudgedExport judged) {
    Set<String> with = new HashSet<>(judged.plan().leaving().keySet());
    with.removeIf(partition -> rows(judged, partition) == 0);
    return with;
  }

  private static long rows(JudgedExport judged, String partition) {
    AnonymityFigures figures = judged.measured().judged().byPartition().get(partition);
    return figures == null ? 0 : figures.leavingRows();
  }

  /** The oldest partitions, so many that the others may fit; none when only one has rows. */
  private Set<String> tooMuch(Part part) {
    double rowsThatFit = AIM * dayLimit * part.judged().gate().leavingRows() / part.file().bytes();
    Set<String> tooMuch = new HashSet<>();
    long rows = 0;
    for (String partition :
        new NewestFirst(part.judged().values()).of(part.judged().plan().leaving().keySet())) {
      long own = rows(part.judged(), partition);
      if (rows > 0 && own > 0 && rows + own > rowsThatFit) {
        tooMuch.add(partition);
      } else {
        rows += own;
      }
    }
    return tooMuch;
  }
}
