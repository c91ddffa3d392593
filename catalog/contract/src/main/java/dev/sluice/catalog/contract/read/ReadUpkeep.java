package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.Upkeep;
import dev.sluice.catalog.contract.UpkeepOfTables;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the custom property {@code upkeep} of a contract. */
final class ReadUpkeep {
  /** A job's own files look like orphans until it commits. */
  private static final Duration LONGEST_JOB = Duration.ofDays(1);

  private ReadUpkeep() {}

  /**
   * The upkeep of all tables.
   *
   * @param tables the names that may have an entry of their own
   */
  static UpkeepOfTables of(Section custom, List<String> tables) {
    Optional<Section> section = custom.section("upkeep");
    if (section.isEmpty()) {
      return UpkeepOfTables.DEFAULT;
    }
    Upkeep general = read(section.get(), Upkeep.DEFAULT);
    Map<String, Upkeep> byTable = new LinkedHashMap<>();
    section
        .get()
        .section("tables")
        .ifPresent(
            own -> {
              for (String table : tables) {
                own.section(table)
                    .ifPresent(
                        s -> {
                          byTable.put(table, read(s, general));
                          s.done();
                        });
              }
              own.done();
            });
    section.get().done();
    return new UpkeepOfTables(general, byTable);
  }

  private static Upkeep read(Section section, Upkeep otherwise) {
    Duration orphansAfter =
        Times.duration(section, "orphansAfter").orElse(otherwise.orphansAfter());
    if (orphansAfter.compareTo(LONGEST_JOB) < 0) {
      section.fault(
          "orphansAfter",
          "orphansAfter must be P1D or longer, since files of a running job look like orphans; got "
              + orphansAfter);
    }
    return new Upkeep(
        Sizes.bytes(section, "targetFileSize").orElse(otherwise.targetFileBytes()),
        section.whole("smallFiles", 1, 100_000).orElse(otherwise.smallFiles()),
        section.whole("snapshots", 1, 100_000).orElse(otherwise.snapshotsKept()),
        Times.duration(section, "snapshotsFor").orElse(otherwise.snapshotsFor()),
        section.whole("metadata", 1, 10_000).orElse(otherwise.metadataKept()),
        orphansAfter);
  }
}
