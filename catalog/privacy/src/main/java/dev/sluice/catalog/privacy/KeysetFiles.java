package dev.sluice.catalog.privacy;

import dev.sluice.catalog.contract.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The keysets of all tenants in a folder: {@code <folder>/<tenant>/kek.json} (mode 0600) beside the
 * keysets that it wraps. For laptops, demos and tests; refused in production, where the
 * key-encryption key belongs in a key service.
 */
public final class KeysetFiles {
  private static final int VERSION = 1;

  /** Where the product runs. */
  public enum Profile {
    EMBEDDED,
    PRODUCTION
  }

  private final Path folder;

  /**
   * @throws KeyRefused when {@code profile} is production
   */
  public KeysetFiles(Path folder, Profile profile) {
    if (profile == Profile.PRODUCTION) {
      throw new KeyRefused(
          "Expected a key service for the production profile; the configuration names a folder of"
              + " key files. Key files are for the embedded profile only.");
    }
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * The tenant's keysets, made now when the tenant has none. Safe to call from several processes:
   * one set of keys wins and all get it. A tenant whose folder is incomplete is refused rather than
   * given new keys, since tokens made with the old ones would no longer match.
   */
  public WrappedKeyset createIfMissing(TenantId tenant) {
    if (!Files.exists(home(tenant))) {
      try {
        NewKeysetFolder.make(folder, tenant, VERSION);
      } catch (IOException e) {
        throw new KeyRefused(
            "Keys of tenant " + tenant + " could not be written to " + folder + ".", e);
      }
    }
    return read(tenant);
  }

  /** The tenant's keysets. The key-encryption key is checked for its permissions, not kept. */
  public WrappedKeyset read(TenantId tenant) {
    Path kek = home(tenant).resolve(NewKeysetFolder.KEK);
    new KekFile(kek).open();
    Map<KeyPurpose, String> wrapped = new EnumMap<>(KeyPurpose.class);
    for (KeyPurpose purpose : KeyPurpose.values()) {
      Path file = home(tenant).resolve(NewKeysetFolder.fileName(purpose, VERSION));
      try {
        wrapped.put(purpose, Files.readString(file));
      } catch (IOException e) {
        throw new KeyRefused(
            "Expected the wrapped keyset of tenant "
                + tenant
                + " at "
                + file
                + "; it could not be read. Restore it from its backup: new keys would give other"
                + " tokens.",
            e);
      }
    }
    return new WrappedKeyset(tenant.name(), VERSION, "file:" + kek, wrapped);
  }

  private Path home(TenantId tenant) {
    return folder.resolve(tenant.name());
  }
}
