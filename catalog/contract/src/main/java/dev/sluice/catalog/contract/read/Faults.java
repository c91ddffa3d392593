package dev.sluice.catalog.contract.read;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one file; the same fault counts once. */
final class Faults {
  private final String file;
  private final Set<Fault> found = new LinkedHashSet<>();

  Faults(String file) {
    this.file = file;
  }

  void add(int line, String message) {
    found.add(new Fault(file, line, message));
  }

  Place place(int line) {
    return new Place(file, line);
  }

  List<Fault> list() {
    return new ArrayList<>(found);
  }
}
