package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  @Test
  void aSecretIsMadeOnceForItsOwnerOnlyAndNeverShown(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("secret");

    Secret first = Secret.in(file);

    assertThat(Secret.in(file)).isEqualTo(first);
    assertThat(first.value()).hasSize(48);
    assertThat(first.toString()).doesNotContain(first.value());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aSecretThatCouldBreakOutOfSqlIsRefusedAndNotShown(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "x'; DROP ROLE sluice --");

    assertThatThrownBy(() -> Secret.in(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("DROP");
  }
}
