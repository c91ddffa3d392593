package dev.sluice.catalog.tables;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a database's password is kept: {@code file:<path>} (its last line end is not part of it) or
 * {@code env:<NAME>}. Only the reference is configured; the password is read when a connection is
 * made and stays in no property, message or log.
 */
public record PasswordReference(String reference) implements Serializable {
  /** Catalog property that holds the reference. */
  public static final String PROPERTY = "sluice.password-ref";

  private static final String FILE = "file:";
  private static final String ENVIRONMENT = "env:";

  public PasswordReference {
    if (!reference.startsWith(FILE) && !reference.startsWith(ENVIRONMENT)) {
      throw new IllegalArgumentException(
          "A password is referred to as file:<path> or env:<NAME>; got something else");
    }
  }

  static Optional<PasswordReference> in(Map<String, String> properties) {
    return Optional.ofNullable(properties.get(PROPERTY)).map(PasswordReference::new);
  }

  /** The password itself. */
  public String resolve() {
    return reference.startsWith(FILE)
        ? file(Path.of(reference.substring(FILE.length())))
        : environment(reference.substring(ENVIRONMENT.length()));
  }

  static void checkNoClearPassword(Map<String, String> properties) {
    boolean inUri =
        properties.getOrDefault("uri", "").toLowerCase(Locale.ROOT).contains("password=");
    if (inUri || properties.containsKey("jdbc.password")) {
      throw new IllegalArgumentException(
          "The catalog's configuration holds a password in clear, which Spark's event log would"
              + " show; give "
              + PROPERTY
              + "=file:<path> or env:<NAME> instead");
    }
  }

  private static String file(Path path) {
    try {
      return Files.readString(path).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException("The password file " + path + " cannot be read", e);
    }
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(
          "The password is expected in the environment variable " + name + ", which is not set");
    }
    return value;
  }
}
