package dev.sluice.stage;

import dev.sluice.catalog.privacy.TenantCipher;
import dev.sluice.catalog.privacy.WrappedKeyset;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Travels to a task as wrapped keys and opens them there; asks again now and then, for revocation.
 */
final class CipherOfTask implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int CALLS_BETWEEN_OPENINGS = 10_000;

  private final WrappedKeyset keyset;
  private transient @Nullable TenantCipher cipher;
  private transient int calls;

  CipherOfTask(WrappedKeyset keyset) {
    this.keyset = keyset;
  }

  TenantCipher get() {
    TenantCipher open = cipher;
    if (open == null || ++calls >= CALLS_BETWEEN_OPENINGS) {
      open = TenantCipher.open(keyset);
      cipher = open;
      calls = 0;
    }
    return open;
  }
}
