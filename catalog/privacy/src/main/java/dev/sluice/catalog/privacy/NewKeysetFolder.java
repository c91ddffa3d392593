package dev.sluice.catalog.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.catalog.contract.TenantId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;

/** Makes all keys of a tenant at once: a folder appears complete or not at all. */
final class NewKeysetFolder {
  static final String KEK = "kek.json";

  private NewKeysetFolder() {}

  static String fileName(KeyPurpose purpose, int version) {
    return "v" + version + "." + purpose.text() + ".json";
  }

  /** Does nothing when another process was faster. */
  static void make(Path parent, TenantId tenant, int version) throws IOException {
    Files.createDirectories(parent);
    Path draft =
        Files.createTempDirectory(
            parent, ".new-", PosixFilePermissions.asFileAttribute(mode("rwx------")));
    try {
      fill(draft, tenant, version);
      publish(draft, parent.resolve(tenant.name()));
    } catch (GeneralSecurityException e) {
      throw new KeyRefused("Keys of tenant " + tenant + " could not be made.", e);
    } finally {
      discard(draft);
    }
  }

  private static void fill(Path draft, TenantId tenant, int version)
      throws IOException, GeneralSecurityException {
    Path kek = draft.resolve(KEK);
    write(kek, KekFile.fresh());
    for (var each : NewKeysets.wrappedBy(new KekFile(kek), tenant, version).entrySet()) {
      write(draft.resolve(fileName(each.getKey(), version)), each.getValue());
    }
  }

  private static void publish(Path draft, Path home) throws IOException {
    try {
      Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // rename(2) onto a folder that is not empty fails: somebody else made the keys first
      if (!Files.exists(home.resolve(KEK))) {
        throw e;
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel =
        FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(mode("rw-------")))) {
      ByteBuffer bytes = UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void discard(Path draft) throws IOException {
    if (Files.exists(draft)) {
      try (var files = Files.list(draft)) {
        for (Path file : List.copyOf(files.toList())) {
          Files.delete(file);
        }
      }
      Files.delete(draft);
    }
  }

  private static Set<PosixFilePermission> mode(String text) {
    return PosixFilePermissions.fromString(text);
  }
}
