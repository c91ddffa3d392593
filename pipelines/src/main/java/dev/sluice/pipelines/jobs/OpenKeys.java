package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.privacy.KeysetFiles;
import dev.sluice.catalog.privacy.ServedKeysets;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.registry.Database;
import dev.sluice.pipelines.registry.KeysetTable;

/** Finds the keys of tenants where the configuration says they are. */
final class OpenKeys {
  private final SluiceConfig config;
  private final Database database;

  OpenKeys(SluiceConfig config, Database database) {
    this.config = config;
    this.database = database;
  }

  /**
   * The tenant's keysets, wrapped; made now when there are none.
   *
   * @throws dev.sluice.catalog.privacy.KeyRefused when keys may not be used
   * @throws dev.sluice.catalog.privacy.KeyServiceMissing when the key service does not answer
   */
  WrappedKeyset of(TenantId tenant) {
    if (config.keys() instanceof SluiceConfig.KeyService service) {
      return new ServedKeysets(new KeysetTable(database), service::of).createIfMissing(tenant);
    }
    return new KeysetFiles(
            ((SluiceConfig.KeyFiles) config.keys()).folder(),
            KeysetFiles.Profile.valueOf(config.profile().name()))
        .createIfMissing(tenant);
  }
}
