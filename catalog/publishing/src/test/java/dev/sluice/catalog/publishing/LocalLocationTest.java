package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalLocationTest {

  @Test
  void aLocationHasNothingEscapedAndIsReadBackAsItsPath() {
    Path path = Path.of("/home/a b/50%20off/x");

    assertThat(LocalLocation.of(path)).isEqualTo("file:/home/a b/50%20off/x");
    assertThat(LocalLocation.path(LocalLocation.of(path))).isEqualTo(path);
    assertThat(LocalLocation.path(path.toString())).isEqualTo(path);
  }

  @Test
  void whatHasNoSchemeOrThatOfFilesIsLocal() {
    assertThat(LocalLocation.isLocal("/home/a b")).isTrue();
    assertThat(LocalLocation.isLocal("file:/home/a b")).isTrue();
    assertThat(LocalLocation.isLocal("s3a://bucket/a b")).isFalse();
  }
}
