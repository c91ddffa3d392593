package dev.sluice.catalog.privacy;

import dev.sluice.catalog.contract.TenantId;
import java.util.Map;
import java.util.Optional;

/** Keeps tenants' keysets, wrapped; what it holds is useless without the key-encryption key. */
public interface WrappedKeysetStore {
  /** The keysets of a tenant in this version, all purposes or none. */
  Optional<Map<KeyPurpose, String>> find(TenantId tenant, int version);

  /**
   * Keeps these keysets unless the tenant has some of this version; several processes may try at
   * once and all get the same.
   *
   * @param kek which key wrapped them, for people
   * @return those that are kept
   */
  Map<KeyPurpose, String> keepFirst(
      TenantId tenant, int version, Map<KeyPurpose, String> wrapped, String kek);
}
