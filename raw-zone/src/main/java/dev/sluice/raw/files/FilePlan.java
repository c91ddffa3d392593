package dev.sluice.raw.files;

import dev.sluice.catalog.publishing.JobPlan;
import java.util.ArrayList;
import java.util.List;

/** What landing would do with each file, told file by file. */
final class FilePlan {
  private static final int FILES = 200;

  private FilePlan() {}

  static JobPlan of(
      String table,
      ReadDropFolder folder,
      Survey survey,
      long next,
      SortedOut sorted,
      List<LookedAt> looked) {
    List<String> lines = new ArrayList<>();
    long rows = sorted.taken().stream().mapToLong(LookedAt::records).sum();
    lines.add(
        "land into %s from %s: %d files with %d records; %d of %d files are known"
            .formatted(
                table,
                folder,
                sorted.taken().size(),
                rows,
                survey.all() - survey.fresh().size() - survey.waiting().size(),
                survey.all()));
    NumberedFile.from(next, sorted.taken())
        .forEach(
            f ->
                lines.add(
                    "file %d: %s, %d records"
                        .formatted(f.number(), f.looked().file(), f.looked().records())));
    looked.stream()
        .filter(l -> l.aside().isPresent())
        .forEach(l -> lines.add("set aside: " + l.file() + " " + l.aside().get().what()));
    long copies = sorted.copies().size() + sorted.known().stream().filter(SeenFile::copy).count();
    if (copies > 0) {
      lines.add(copies + " files are copies of files that have landed");
    }
    survey.waiting().forEach(f -> lines.add("waits: " + f + " has changed just now"));
    sorted
        .later()
        .forEach(l -> l.again().ifPresent(why -> lines.add("waits: " + l.file() + " " + why.what())));
    List<String> shown = lines.size() <= FILES ? lines : new ArrayList<>(lines.subList(0, FILES));
    if (shown != lines) {
      shown.add("and " + (lines.size() - FILES) + " more lines");
    }
    return new JobPlan(shown, sorted.taken().isEmpty());
  }
}
