package dev.sluice.catalog.privacy;

/**
 * A key service did not answer, or cannot serve now; later may be better. The message names its
 * address and holds no key, token or clear value.
 */
public final class KeyServiceMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyServiceMissing(String message) {
    super(message);
  }

  KeyServiceMissing(String message, Throwable cause) {
    super(message, cause);
  }
}
