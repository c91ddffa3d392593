package dev.sluice.pipelines.services;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that is wrong with a file of reference data. Values are never shown, because they may
 * be personal; line and column name the place.
 */
public final class ReferenceFaults extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 50;

  private final transient List<Fault> faults;

  ReferenceFaults(String file, List<Fault> faults) {
    super(text(file, faults));
    this.faults = List.copyOf(faults);
  }

  /**
   * One fault.
   *
   * @param line line of the file, from 1
   */
  public record Fault(long line, String message) {}

  /** All faults in the order of lines. */
  public List<Fault> faults() {
    return faults;
  }

  private static String text(String file, List<Fault> faults) {
    String shown =
        faults.stream()
            .limit(SHOWN)
            .map(fault -> file + ":" + fault.line() + ": " + fault.message())
            .collect(Collectors.joining("\n"));
    String rest = faults.size() > SHOWN ? "\nand " + (faults.size() - SHOWN) + " more" : "";
    return faults.size() + " faults; nothing was loaded\n" + shown + rest;
  }
}
