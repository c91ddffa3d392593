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
final class KekFile {
  private static final Set<PosixFilePermission> AT_MOST =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  static {
    KeyTypes.register();
  }

  private KekFile() {}

  /** A new key as the text of its file. */
  static String fresh() throws GeneralSecurityException {
    KeysetHandle key = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
    return TinkJsonProtoKeysetFormat.serializeKeyset(key, InsecureSecretKeyAccess.get());
  }

  /** The key in {@code file}. */
  static Aead open(Path file) {
    refuseIfOthersMayRead(file);
    try {
      return parse(Files.readString(file));
    } catch (IOException | GeneralSecurityException e) {
      throw new KeyRefused(
          "Expected a key-encryption key (Tink keyset, AES-GCM) in "
              + file
              + "; it could not be read. Restore the file from its backup: keysets wrapped by it"
              + " cannot be opened without it.",
          e);
    }
  }

  static Aead parse(String text) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.parseKeyset(text, InsecureSecretKeyAccess.get())
        .getPrimitive(RegistryConfiguration.get(), Aead.class);
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
