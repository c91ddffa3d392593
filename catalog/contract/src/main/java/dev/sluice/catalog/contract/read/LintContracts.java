package dev.sluice.catalog.contract.read;

import java.util.ArrayList;
import java.util.List;

/** Finds what is wrong between the parts of contracts that can each be read. */
public final class LintContracts {
  private LintContracts() {}

  /** All faults that show without analysing SQL. */
  public static List<Fault> lint(List<DeclaredContract> contracts) {
    List<Fault> faults = new ArrayList<>();
    return faults;
  }
}
