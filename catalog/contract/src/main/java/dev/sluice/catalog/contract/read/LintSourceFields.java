package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.SourceField;
import dev.sluice.catalog.contract.StageColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds columns whose field no message can have. */
final class LintSourceFields {
  private LintSourceFields() {}

  static List<Fault> lint(DeclaredContract declared) {
    int deepest = declared.contract().source().maxDepth();
    List<Fault> faults = new ArrayList<>();
    for (StageColumn column : declared.contract().stage().columns()) {
      Stream.concat(Stream.of(column.source().name()), column.source().aliases().stream())
          .filter(name -> SourceField.steps(name).size() > deepest)
          .forEach(
              name ->
                  faults.add(
                      declared
                          .places()
                          .of("stage.column." + column.name() + ".source")
                          .fault(
                              "the field '"
                                  + name
                                  + "' lies deeper than the "
                                  + deepest
                                  + " levels that maxDepth allows a message; raise it")));
    }
    return faults;
  }
}
