package dev.sluice.pipelines.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.pipelines.runner.WrongUsage;
import dev.sluice.pipelines.services.ProduceMessages.Destination;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person gives wrongly is told as such, not as a defect. */
class WrongInputTest {
  @TempDir private Path folder;

  @Test
  void aLineOverTheLimitIsNamed() throws IOException {
    SplitLines lines = new SplitLines(new ByteArrayInputStream(bytes("1234\n12345")), 4);

    assertThat(lines.next().orElseThrow()).isEqualTo(bytes("1234"));
    assertThatThrownBy(lines::next).isInstanceOf(WrongUsage.class).hasMessageContaining("Line 2");
  }

  @Test
  void aKeyWithoutASlashIsNamed() {
    assertThatThrownBy(() -> new MessageKey(Optional.of("id")))
        .isInstanceOf(WrongUsage.class)
        .hasMessageContaining("'id'");
  }

  @Test
  void aTopicWithoutPartitionsIsRefused() {
    assertThatThrownBy(() -> new Destination("t", 0, Optional.empty()))
        .isInstanceOf(WrongUsage.class);
  }

  @Test
  void aPlainFileUnderAPackedNameIsNamed() throws IOException {
    Path plain = Files.write(folder.resolve("plain.gz"), bytes("a\nb\n"));
    Path empty = Files.write(folder.resolve("empty.gz"), new byte[0]);

    assertThatThrownBy(() -> OpenInput.of(plain))
        .isInstanceOf(WrongUsage.class)
        .hasMessageContaining("plain.gz");
    assertThatThrownBy(() -> OpenInput.of(empty)).isInstanceOf(WrongUsage.class);
    assertThatThrownBy(() -> OpenInput.of(folder)).isInstanceOf(WrongUsage.class);
  }

  @Test
  void aPackedFileThatWasCutIsNamedWhenTheCutIsReached() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes("a\nb\n"));
    }
    Path cut =
        Files.write(
            folder.resolve("cut.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() - 9));

    try (InputStream in = OpenInput.of(cut)) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(WrongUsage.class)
          .hasMessageContaining("cut.gz");
    }
  }

  @Test
  void whatWouldBeSentIsCountedAndCheckedAlike() throws IOException {
    Destination keyed = new Destination("t", 1, Optional.of("/id"));

    assertThat(CountMessages.of(new ByteArrayInputStream(bytes("{\"id\":1}\n\nno json")), keyed))
        .isEqualTo(new CountMessages.Counted(3, 15, 1));
    assertThatThrownBy(
            () -> CountMessages.of(new ByteArrayInputStream(new byte[17 * 1024 * 1024]), keyed))
        .isInstanceOf(WrongUsage.class)
        .hasMessageContaining("Line 1");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
