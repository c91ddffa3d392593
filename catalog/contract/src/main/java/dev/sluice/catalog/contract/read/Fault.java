package dev.sluice.catalog.contract.read;

import java.util.Comparator;

/**
 * Something wrong with a contract.
 *
 * @param file path below the folder of contracts
 * @param line from 1
 * @param message what was expected, what came and what to do
 */
public record Fault(String file, int line, String message) implements Comparable<Fault> {
  private static final Comparator<Fault> BY_PLACE =
      Comparator.comparing(Fault::file).thenComparing(Fault::line).thenComparing(Fault::message);

  @Override
  public int compareTo(Fault other) {
    return BY_PLACE.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + line + ": " + message;
  }
}
