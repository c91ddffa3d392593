package dev.sluice.catalog.privacy;

import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.privacy.KeysetFiles.Profile;
import java.nio.file.Path;

/** Keysets for tests. */
final class WrappedKeysets {
  static final TenantId CITY = new TenantId("city");
  static final TenantId AIRPORTS = new TenantId("airports");

  private WrappedKeysets() {}

  static WrappedKeyset of(TenantId tenant, Path folder) {
    return new KeysetFiles(folder, Profile.EMBEDDED).createIfMissing(tenant);
  }
}
