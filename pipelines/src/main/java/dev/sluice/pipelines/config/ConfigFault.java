package dev.sluice.pipelines.config;

/**
 * One thing wrong with a configuration file.
 *
 * @param line from 1; 0 when the fault has no place of its own
 */
public record ConfigFault(String file, int line, String message) {
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + message;
  }
}
