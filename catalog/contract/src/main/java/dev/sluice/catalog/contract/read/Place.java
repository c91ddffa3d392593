package dev.sluice.catalog.contract.read;

/**
 * Where something is declared.
 *
 * @param file path below the folder of contracts
 * @param line from 1
 */
public record Place(String file, int line) {
  public Fault fault(String message) {
    return new Fault(file, line, message);
  }

  /** The same file, {@code lines} further down; for a line within a SQL file. */
  public Place below(int lines) {
    return new Place(file, line + Math.max(0, lines));
  }
}
