package dev.sluice.catalog.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import dev.sluice.catalog.contract.TenantId;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;

/** Makes all keysets of a tenant, wrapped; the clear ones never leave this class. */
final class NewKeysets {
  private NewKeysets() {}

  /** Fresh keysets by purpose, each bound to tenant, purpose and version. */
  static Map<KeyPurpose, String> wrappedBy(KekClient kek, TenantId tenant, int version) {
    Map<KeyPurpose, String> wrapped = new EnumMap<>(KeyPurpose.class);
    try {
      for (KeyPurpose purpose : KeyPurpose.values()) {
        String context = WrappedKeyset.wrappingContext(tenant.name(), purpose, version);
        wrapped.put(
            purpose,
            TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
                KeysetHandle.generateNew(purpose.parameters()),
                new KekAead(kek),
                context.getBytes(UTF_8)));
      }
    } catch (GeneralSecurityException e) {
      throw new KeyRefused("Keys of tenant " + tenant + " could not be made.", e);
    }
    return wrapped;
  }

  /**
   * Refuses a key that does not hold what it wraps to its context: an engine that ignores
   * associated data would open one tenant's keysets for another.
   */
  static void requireBinding(KekClient kek) {
    byte[] probe = kek.wrap("probe".getBytes(UTF_8), "one".getBytes(UTF_8));
    try {
      byte[] unused = kek.unwrap(probe, "other".getBytes(UTF_8));
    } catch (KeyRefused asItShould) {
      return;
    }
    throw new KeyRefused(
        "Expected the key service to hold what it wraps to its context; it ignores associated data,"
            + " so keysets of one tenant would open for another. Use an engine and a key type that"
            + " know it (aes256-gcm96).");
  }
}
