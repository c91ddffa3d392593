package dev.sluice.catalog.tables;

/** A head, stamp or touched property that is not of the form this version writes. */
public final class UnreadableText extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnreadableText(String message) {
    super(message);
  }

  UnreadableText(String message, Throwable cause) {
    super(message, cause);
  }
}
