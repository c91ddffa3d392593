package dev.sluice.catalog.privacy;

import java.nio.file.Path;

/**
 * The text that leads to a key-encryption key: {@code file:<path>}, or a {@link TransitKey}. It
 * travels with wrapped keysets to executors, so it never holds a secret.
 */
final class KekReference {
  private static final String FILE = "file:";

  private KekReference() {}

  /** The key behind the reference; a key service is not asked yet. */
  static KekClient open(String reference) {
    if (reference.startsWith(FILE)) {
      return new KekFile(Path.of(reference.substring(FILE.length())));
    }
    if (reference.startsWith(TransitKey.SCHEME)) {
      return new TransitKek(TransitKey.parse(reference));
    }
    throw new KeyRefused(
        "Expected a key reference of the form file:<path> or "
            + TransitKey.SCHEME
            + "<address>; got another scheme. Correct 'keys' in sluice.yaml.");
  }
}
