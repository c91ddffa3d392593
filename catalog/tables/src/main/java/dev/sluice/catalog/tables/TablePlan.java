package dev.sluice.catalog.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What applying a contract would do to one existing table.
 *
 * @param steps changes of columns
 * @param notes what else changed: rules, SQL, parameters, the order of rows in files
 * @param refused why it cannot be applied; then nothing of it is done
 * @param properties to set
 * @param reordered whether the sort order changes
 */
record TablePlan(
    List<ColumnStep> steps,
    List<String> notes,
    List<String> refused,
    Map<String, String> properties,
    boolean reordered) {

  TablePlan {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
    refused = List.copyOf(refused);
    properties = Map.copyOf(properties);
  }

  boolean changesColumns() {
    return !steps.isEmpty();
  }

  boolean changesAnything() {
    return changesColumns() || !properties.isEmpty() || reordered;
  }

  /** Refusals first, then steps. */
  List<String> differences() {
    List<String> all = new ArrayList<>(refused);
    steps.forEach(step -> all.add(step.text()));
    return all;
  }
}
