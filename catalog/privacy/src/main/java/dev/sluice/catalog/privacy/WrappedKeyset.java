package dev.sluice.catalog.privacy;

import java.io.Serializable;
import java.util.Map;

/**
 * A tenant's keysets as they may travel to executors: wrapped by the tenant's key-encryption key,
 * with a reference to that key and never the key itself.
 *
 * @param tenant name of the tenant, bound into the wrapping
 * @param version version of the keysets, from 1, bound into the wrapping
 * @param kekReference where the key-encryption key is, for example {@code file:/path}
 * @param wrapped encrypted Tink keysets (JSON) by purpose
 */
public record WrappedKeyset(
    String tenant, int version, String kekReference, Map<KeyPurpose, String> wrapped)
    implements Serializable {

  public WrappedKeyset {
    wrapped = Map.copyOf(wrapped);
  }

  /**
   * Associated data of the wrapping: a keyset of another tenant, purpose or version never opens.
   */
  static String wrappingContext(String tenant, KeyPurpose purpose, int version) {
    return "keyset|" + tenant + "|" + purpose.text() + "|" + version;
  }

  @Override
  public String toString() {
    return "WrappedKeyset[tenant=" + tenant + ", version=" + version + "]";
  }
}
