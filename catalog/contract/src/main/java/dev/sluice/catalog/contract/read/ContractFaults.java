package dev.sluice.catalog.contract.read;

import java.util.List;
import java.util.stream.Collectors;

/** The contracts of a folder cannot be used; carries everything that is wrong with them. */
public final class ContractFaults extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  public ContractFaults(List<Fault> faults) {
    super(
        faults.size()
            + (faults.size() == 1 ? " fault" : " faults")
            + " in the contracts:\n"
            + faults.stream().sorted().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = faults.stream().sorted().toList();
  }

  /** All of them, by file and line. */
  public List<Fault> faults() {
    return faults;
  }
}
