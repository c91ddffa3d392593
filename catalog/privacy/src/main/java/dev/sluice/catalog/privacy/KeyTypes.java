package dev.sluice.catalog.privacy;

import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.prf.PrfConfig;
import java.security.GeneralSecurityException;

/** Tells Tink, once per JVM, the key types in use; without it Tink knows none. */
final class KeyTypes {
  private KeyTypes() {}

  /** Harmless when repeated. */
  static void register() {
    try {
      AeadConfig.register();
      DeterministicAeadConfig.register();
      PrfConfig.register();
    } catch (GeneralSecurityException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
