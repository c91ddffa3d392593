package dev.sluice.catalog.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.prf.PrfSet;
import java.security.GeneralSecurityException;

/** The primitives of one tenant, unwrapped. Never serialised and never printed. */
record OpenKeysets(DeterministicAead tokens, PrfSet pseudonyms, Aead seals) {
  static OpenKeysets of(WrappedKeyset keyset) {
    Aead kek = new KekAead(KekReference.open(keyset.kekReference()));
    try {
      return new OpenKeysets(
          open(keyset, KeyPurpose.TOKEN, kek)
              .getPrimitive(RegistryConfiguration.get(), DeterministicAead.class),
          open(keyset, KeyPurpose.PSEUDONYM, kek)
              .getPrimitive(RegistryConfiguration.get(), PrfSet.class),
          open(keyset, KeyPurpose.SEAL, kek).getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (GeneralSecurityException e) {
      throw new KeyRefused(
          "The keysets of tenant "
              + keyset.tenant()
              + ", version "
              + keyset.version()
              + ", do not open with the key at "
              + keyset.kekReference()
              + ". They belong to another tenant, version or key, or were changed.",
          e);
    }
  }

  private static KeysetHandle open(WrappedKeyset keyset, KeyPurpose purpose, Aead kek)
      throws GeneralSecurityException {
    String wrapped = keyset.wrapped().get(purpose);
    if (wrapped == null) {
      throw new KeyRefused(
          "Tenant " + keyset.tenant() + " has no keyset for " + purpose.text() + ".");
    }
    String context = WrappedKeyset.wrappingContext(keyset.tenant(), purpose, keyset.version());
    return TinkJsonProtoKeysetFormat.parseEncryptedKeyset(wrapped, kek, context.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "OpenKeysets[masked]";
  }
}
