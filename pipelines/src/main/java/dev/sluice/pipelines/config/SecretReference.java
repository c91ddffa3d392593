package dev.sluice.pipelines.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a secret is found; never the secret itself, so its text may be logged.
 *
 * <p>Forms: {@code file:<path>} (one line, trailing line break ignored) and {@code env:<NAME>}.
 */
public record SecretReference(String text) {
  public SecretReference {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException(
          "A secret is given as file:<path> or env:<NAME>, never as itself");
    }
  }

  static boolean isWellFormed(String text) {
    return (text.startsWith("file:") && text.length() > 5)
        || (text.startsWith("env:") && text.substring(4).matches("[A-Za-z_][A-Za-z0-9_]*"));
  }

  public boolean isFile() {
    return text.startsWith("file:");
  }

  /** The file of a {@code file:} reference. */
  public Path file() {
    if (!isFile()) {
      throw new IllegalStateException("Expected file:<path>, got " + text);
    }
    return Path.of(text.substring("file:".length()));
  }

  /**
   * Reads the secret, as late as possible.
   *
   * @throws SecretMissing when the file or the variable is not there
   */
  public String resolve() {
    if (!isFile()) {
      String value = System.getenv(text.substring("env:".length()));
      if (value == null) {
        throw new SecretMissing("The environment variable of " + text + " is not set", text);
      }
      return value;
    }
    try {
      return Files.readString(file()).stripTrailing();
    } catch (IOException e) {
      throw new SecretMissing(
          "The file of " + text + " cannot be read (" + e.getClass().getSimpleName() + ")", text);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
