package dev.sluice.catalog.privacy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The token of a key service's client, by reference: {@code file:<path>} (kept fresh by the
 * service's agent) or {@code env:<NAME>}. Read at each request and kept nowhere.
 */
final class ServiceToken {
  private static final String FILE = "file:";
  private static final String ENVIRONMENT = "env:";

  private ServiceToken() {}

  /** Refuses a text that is no reference, without repeating it: it may be a token. */
  static void check(String reference) {
    boolean known =
        reference.startsWith(FILE) && reference.length() > FILE.length()
            || reference.startsWith(ENVIRONMENT)
                && reference.substring(ENVIRONMENT.length()).matches("[A-Za-z_][A-Za-z0-9_]*");
    if (!known) {
      throw new KeyRefused(
          "Expected the key service's token as file:<path> or env:<NAME>; got something else."
              + " Correct keys.tokenRef; the token itself is never written there.");
    }
  }

  /** The token on this machine. */
  static String resolve(String reference) {
    String token =
        reference.startsWith(FILE)
            ? file(Path.of(reference.substring(FILE.length())))
            : System.getenv(reference.substring(ENVIRONMENT.length()));
    if (token == null || token.isBlank()) {
      throw new KeyRefused(
          "Expected the key service's token in "
              + reference
              + "; it is not there. The driver and every executor need it.");
    }
    return token.strip();
  }

  private static String file(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new KeyRefused(
          "Expected the key service's token in the file "
              + path
              + "; it cannot be read ("
              + e.getClass().getSimpleName()
              + "). The driver and every executor need it.");
    }
  }
}
