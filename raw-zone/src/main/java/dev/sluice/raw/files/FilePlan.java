package dev.sluice.raw.files;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.publishing.JobPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What landing would do with each file, told file by file. */
final class FilePlan {
  private static final int FILES = 200;

  private FilePlan() {}

  /**
   * @param next the number of the next file
   * @param before why earlier runs set files aside that are still there
   */
  static JobPlan of(
      String table,
      ReadDropFolder folder,
      Survey survey,
      long next,
      SortedOut sorted,
      List<LookedAt> looked,
      Map<FileMark, Aside> before) {
    List<String> lines = new ArrayList<>();
    long rows = sorted.taken().stream().mapToLong(LookedAt::records).sum();
    lines.add(
        "land into %s from %s: %d files with %d records; %d of %d files are known"
            .formatted(
                table, folder, sorted.taken().size(), rows, survey.known().size(), survey.all()));
    looked.forEach(l -> l.aside().ifPresent(why -> lines.add(aside(l.file(), why))));
    survey.known().stream()
        .filter(f -> before.containsKey(f.mark()))
        .forEach(f -> lines.add(aside(f, requireNonNull(before.get(f.mark())))));
    NumberedFile.from(next, sorted.taken())
        .forEach(
            f ->
                lines.add(
                    "file %d: %s, %d records"
                        .formatted(f.number(), f.looked().file(), f.looked().records())));
    long copies = sorted.copies().size() + sorted.known().stream().filter(SeenFile::copy).count();
    if (copies > 0) {
      lines.add(copies + " files are copies of files that have landed");
    }
    survey.waiting().forEach(f -> lines.add("waits: " + f + " has changed just now"));
    sorted
        .later()
        .forEach(
            l -> l.again().ifPresent(why -> lines.add("waits: " + l.file() + " " + why.what())));
    List<String> shown = lines.size() <= FILES ? lines : new ArrayList<>(lines.subList(0, FILES));
    if (shown != lines) {
      shown.add("and " + (lines.size() - FILES) + " more lines");
    }
    return new JobPlan(shown, sorted.taken().isEmpty());
  }

  private static String aside(FoundFile file, Aside why) {
    return "set aside: " + file + " " + why.what();
  }
}
