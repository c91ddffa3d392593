package dev.sluice.raw.files;

import dev.sluice.catalog.position.DropSequence;
import dev.sluice.catalog.position.Lane;
import dev.sluice.raw.ExplainLandingFailure;
import dev.sluice.raw.RawTable;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lands whole files in one commit. Where that fails and some of them are no longer what was looked
 * at, they are left for the next run and the others are tried once more.
 */
record LandPortion(RawTable table, Lane lane, FileForm form, LookAtFiles looks, Clock clock) {

  /**
   * What has landed, if anything.
   *
   * @param left files that were left, and why
   */
  record Landed(List<NumberedFile> files, long rows, List<LookedAt> left) {}

  /**
   * @param next the number of the first file
   */
  Landed from(long next, List<LookedAt> files) {
    List<NumberedFile> all = NumberedFile.from(next, files);
    try {
      return new Landed(all, append(next, all), List.of());
    } catch (Exception e) { // Spark throws checked ones without saying so
      if (ExplainLandingFailure.of(e, table).isPresent()) {
        throw e;
      }
      List<LookedAt> left = changed(files, e);
      if (left.isEmpty()) {
        throw e;
      }
      return others(next, files, left);
    }
  }

  private Landed others(long next, List<LookedAt> files, List<LookedAt> left) {
    Set<FoundFile> gone = left.stream().map(LookedAt::file).collect(Collectors.toSet());
    List<NumberedFile> others =
        NumberedFile.from(next, files.stream().filter(f -> !gone.contains(f.file())).toList());
    return new Landed(others, others.isEmpty() ? 0 : append(next, others), left);
  }

  /** Those of the files that are something else now; none when that cannot be seen any more. */
  private List<LookedAt> changed(List<LookedAt> files, Exception failure) {
    try {
      return changed(files);
    } catch (Exception e) { // the session may have ended, or the storage be gone
      failure.addSuppressed(e);
      return List.of();
    }
  }

  private List<LookedAt> changed(List<LookedAt> files) {
    Map<FoundFile, String> before =
        files.stream().collect(Collectors.toMap(LookedAt::file, LookedAt::sha256));
    return looks.at(List.copyOf(before.keySet())).stream()
        .filter(now -> !now.sha256().equals(before.get(now.file())))
        .map(LandPortion::again)
        .toList();
  }

  private static LookedAt again(LookedAt now) {
    return LookedAt.later(now.file(), now.again().orElse(Later.CHANGED));
  }

  private long append(long next, List<NumberedFile> files) {
    return table.append(
        FileRows.of(table.lake().spark(), files, form, lane.name(), clock.instant()),
        Map.of(lane, DropSequence.files(next, files.size())));
  }
}
