package dev.sluice.catalog.privacy;

/**
 * A key could not be used, or must not be. The message says what was expected, what came and what
 * to do; it never holds key bytes or clear values.
 */
public final class KeyRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyRefused(String message) {
    super(message);
  }

  KeyRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
