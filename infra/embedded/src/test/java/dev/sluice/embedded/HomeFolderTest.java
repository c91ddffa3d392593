package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFolderTest {
  @TempDir private Path folder;

  @Test
  void aNewHomeIsOpenToItsOwnerOnly() throws IOException {
    Path home = folder.resolve("lakehouse");
    Files.createDirectories(home.resolve("logs")); // the command that starts it logs already
    mode(home, "rwxr-xr-x");

    HomeFolder.open(home);

    assertThat(mode(home)).isEqualTo("rwx------");
    assertThat(mode(home.resolve("secrets"))).isEqualTo("rwx------");
  }

  @Test
  void whoOpensItLaterDoesSoOnPurpose() throws IOException {
    Path home = folder.resolve("lakehouse");
    HomeFolder.open(home);
    mode(home, "rwxr-x---");

    HomeFolder.open(home);

    assertThat(mode(home)).isEqualTo("rwxr-x---");
  }

  @Test
  void aFolderWithOtherThingsStaysAsItIs() throws IOException {
    Files.createFile(folder.resolve("of-somebody-else"));
    mode(folder, "rwxr-xr-x");

    HomeFolder.open(folder);

    assertThat(mode(folder)).isEqualTo("rwxr-xr-x");
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
