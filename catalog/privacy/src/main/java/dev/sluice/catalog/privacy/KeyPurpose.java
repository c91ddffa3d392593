package dev.sluice.catalog.privacy;

import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import java.util.Locale;

/** What a keyset is for; one purpose never uses the key of another. */
public enum KeyPurpose {
  /** Reversible deterministic tokens: AES-256-SIV (RFC 5297). */
  TOKEN(PredefinedDeterministicAeadParameters.AES256_SIV),
  /** One-way pseudonyms: HMAC-SHA-256 as a pseudo-random function. */
  PSEUDONYM(PredefinedPrfParameters.HMAC_SHA256_PRF),
  /** Bytes kept aside: AES-256-GCM with a fresh nonce each time. */
  SEAL(PredefinedAeadParameters.AES256_GCM);

  static {
    KeyTypes.register();
  }

  private final Parameters parameters;

  KeyPurpose(Parameters parameters) {
    this.parameters = parameters;
  }

  Parameters parameters() {
    return parameters;
  }

  /** In file names and in the associated data of the wrapping. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
