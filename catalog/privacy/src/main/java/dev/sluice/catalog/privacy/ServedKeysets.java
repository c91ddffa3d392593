package dev.sluice.catalog.privacy;

import dev.sluice.catalog.contract.TenantId;
import java.util.Map;
import java.util.function.Function;

/**
 * The keysets of all tenants, wrapped by keys that stay in a key service; for production. Each
 * tenant has a key of its own there.
 */
public final class ServedKeysets {
  private static final int VERSION = 1;

  private final WrappedKeysetStore store;
  private final Function<TenantId, TransitKey> keys;

  /**
   * @param keys which key of the service wraps a tenant's keysets
   */
  public ServedKeysets(WrappedKeysetStore store, Function<TenantId, TransitKey> keys) {
    this.store = store;
    this.keys = keys;
  }

  /**
   * The tenant's keysets, made now when the store has none.
   *
   * @throws KeyRefused when the service refuses its key
   * @throws KeyServiceMissing when the service does not answer
   */
  public WrappedKeyset createIfMissing(TenantId tenant) {
    TransitKey key = keys.apply(tenant);
    Map<KeyPurpose, String> wrapped =
        store.find(tenant, VERSION).orElseGet(() -> create(tenant, key));
    return new WrappedKeyset(tenant.name(), VERSION, key.text(), wrapped);
  }

  private Map<KeyPurpose, String> create(TenantId tenant, TransitKey key) {
    KekClient kek = new TransitKek(key);
    NewKeysets.requireBinding(kek);
    return store.keepFirst(
        tenant, VERSION, NewKeysets.wrappedBy(kek, tenant, VERSION), key.toString());
  }
}
