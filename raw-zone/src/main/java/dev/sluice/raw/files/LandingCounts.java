package dev.sluice.raw.files;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.run.StepFigures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one run of landing has done, counted. */
final class LandingCounts {
  private static final int NAMES = 20;

  private final Map<String, Long> notes = new TreeMap<>();
  private final List<String> names = new ArrayList<>();
  private long rows;

  void landed(long added, int files) {
    rows += added;
    note("files", files);
    note("commits", files == 0 ? 0 : 1);
  }

  void copies(long count) {
    note("copies", count);
  }

  void waiting(long count) {
    note("waiting", count);
  }

  void aside(LookedAt file) {
    String what = file.aside().map(a -> a.name().toLowerCase(Locale.ROOT)).orElse("");
    note("aside." + what, 1);
    file.aside().ifPresent(why -> name(file, why.what()));
  }

  /** A file that the next run looks at again. */
  void later(LookedAt file) {
    if (file.again().equals(Optional.of(Later.UNREACHABLE))) {
      note("unreachable", 1);
      name(file, Later.UNREACHABLE.what());
    } else {
      waiting(1);
    }
  }

  private void name(LookedAt file, String what) {
    if (names.size() < NAMES) {
      names.add(file.file().shown() + " " + what);
    }
  }

  private void note(String what, long count) {
    if (count > 0) {
      notes.merge(what, count, Long::sum);
    }
  }

  boolean anyLanded() {
    return notes.containsKey("commits");
  }

  /** Sentences about files that did not land in this run. */
  List<String> notLanded() {
    List<String> lines = new ArrayList<>(names);
    long waiting = notes.getOrDefault("waiting", 0L);
    if (waiting > 0) {
      lines.add(waiting + " files still change and wait for the next run");
    }
    long copies = notes.getOrDefault("copies", 0L);
    if (copies > 0) {
      lines.add(copies + " files are copies of files that have landed");
    }
    return Collections.unmodifiableList(lines);
  }

  StepFigures figures(DataContract contract, TenantId tenant) {
    return StepFigures.allPublished(LandFilesInRaw.STEP, contract.id(), tenant.name(), rows, notes);
  }
}
