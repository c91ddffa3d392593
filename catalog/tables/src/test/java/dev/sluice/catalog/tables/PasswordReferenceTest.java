package dev.sluice.catalog.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordReferenceTest {
  @Test
  void aFileIsReadWithoutItsLastLineEnd(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("postgres"), "correct horse\n");

    assertThat(new PasswordReference("file:" + file).resolve()).isEqualTo("correct horse");
  }

  @Test
  void whatIsMissingIsNamed(@TempDir Path directory) {
    assertThatThrownBy(() -> new PasswordReference("file:" + directory.resolve("none")).resolve())
        .hasMessageContaining("none");
    assertThatThrownBy(() -> new PasswordReference("env:SLUICE_NOT_SET").resolve())
        .hasMessageContaining("SLUICE_NOT_SET");
  }

  @Test
  void aPasswordInClearIsRefusedAndNotShown() {
    assertThatThrownBy(() -> new PasswordReference("hunter2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
    for (Map<String, String> properties :
        java.util.List.of(
            Map.of("jdbc.password", "hunter2"),
            Map.of("uri", "jdbc:postgresql://h/d?user=x&Password=hunter2"))) {
      assertThatThrownBy(() -> new GuardedCatalog().initialize("lake", properties))
          .hasMessageContaining("sluice.password-ref")
          .hasMessageNotContaining("hunter2");
    }
  }
}
