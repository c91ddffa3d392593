package dev.sluice.catalog.contract.read;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what is wrong between the parts of contracts that can each be read. What needs SQL to be
 * analysed is found by {@code dev.sluice.catalog.publishing.AnalyseContractSql}.
 */
public final class LintContracts {
  private LintContracts() {}

  /** All faults that show without analysing SQL. */
  public static List<Fault> lint(List<DeclaredContract> contracts) {
    List<Fault> faults = new ArrayList<>(LintNeighbours.lint(contracts));
    for (DeclaredContract declared : contracts) {
      faults.addAll(new LintStage(declared).lint());
      faults.addAll(LintSourceFields.lint(declared));
      faults.addAll(new LintReferences(declared).lint());
      faults.addAll(new LintEvolution(declared).lint());
      declared
          .contract()
          .products()
          .forEach(
              product -> {
                faults.addAll(new LintProduct(declared, product).lint());
                product
                    .export()
                    .ifPresent(
                        export -> faults.addAll(new LintExport(declared, product, export).lint()));
              });
      faults.addAll(LintSql.lint(declared));
    }
    return faults;
  }
}
