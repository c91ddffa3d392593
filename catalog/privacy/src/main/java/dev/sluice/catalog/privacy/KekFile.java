package dev.sluice.catalog.privacy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;

/**
 * A tenant's key-encryption key in a file of its own: the embedded profile's stand-in for a key
 * service. The file must be readable by its owner only.
 */
final class KekFile implements KekClient {
  private static final Set<PosixFilePermission> AT_MOST =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  static {
    KeyTypes.register();
  }

  private final Path file;

  KekFile(Path file) {
    this.file = file;
  }

  @Override
  public byte[] wrap(byte[] clear, byte[] context) {
    try {
      return open().encrypt(clear, context);
    } catch (GeneralSecurityException e) {
      throw new KeyRefused("The key-encryption key in " + file + " refused to wrap a keyset.", e);
    }
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] context) {
    try {
      return open().decrypt(wrapped, context);
    } catch (GeneralSecurityException e) {
      throw new KeyRefused(
          "Wrapped bytes do not open with the key-encryption key in "
              + file
              + ": they belong to another tenant, purpose, version or key, or were changed.",
          e);
    }
  }

  /** A new key as the text of its file. */
  static String fresh() throws GeneralSecurityException {
    KeysetHandle key = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
    return TinkJsonProtoKeysetFormat.serializeKeyset(key, InsecureSecretKeyAccess.get());
  }

  /** Checks that the key is there, readable by its owner only. */
  Aead open() {
    refuseIfOthersMayRead(file);
    try {
      return TinkJsonProtoKeysetFormat.parseKeyset(
              Files.readString(file), InsecureSecretKeyAccess.get())
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (IOException | GeneralSecurityException e) {
      throw new KeyRefused(
          "Expected a key-encryption key (Tink keyset, AES-GCM) in "
              + file
              + "; it could not be read. Restore the file from its backup: keysets wrapped by it"
              + " cannot be opened without it.",
          e);
    }
  }

  private static void refuseIfOthersMayRead(Path file) {
    Set<PosixFilePermission> found;
    try {
      found = Files.getPosixFilePermissions(file);
    } catch (IOException | UnsupportedOperationException e) {
      throw new KeyRefused(
          "Expected a key file with POSIX permissions 0600 at "
              + file
              + "; it is missing or its permissions cannot be read. Create the tenant's keys first,"
              + " on a file system with POSIX permissions.",
          e);
    }
    if (!AT_MOST.containsAll(found)) {
      throw new KeyRefused(
          "Expected mode 0600 of the key file "
              + file
              + "; it is "
              + PosixFilePermissions.toString(found)
              + ". Others may have read the key: replace it, or run chmod 600 when nobody could.");
    }
  }
}
