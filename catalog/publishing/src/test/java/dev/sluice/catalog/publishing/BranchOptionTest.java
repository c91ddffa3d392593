package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A writer's {@code branch} option is ignored by {@code writeTo}: the rows would land on main. */
class BranchOptionTest {
  private static final Pattern OPTION = Pattern.compile("option\\(\\s*\"branch\"");
  private static final Pattern SESSION = Pattern.compile("spark\\.wap\\.branch");

  @Test
  void nobodyWritesToABranchByAnOptionOrBySessionState() throws IOException {
    List<Path> sources = sources(Path.of("../.."));

    assertThat(sources).as("sources found").hasSizeGreaterThan(20);
    assertThat(sources)
        .allSatisfy(
            source -> {
              String text = text(source);
              assertThat(OPTION.matcher(text).find()).as("option branch in " + source).isFalse();
              assertThat(SESSION.matcher(text).find()).as("wap branch in " + source).isFalse();
            });
  }

  @Test
  void theScanSeesTheCallAcrossLines() {
    assertThat(OPTION.matcher(".option(\n    \"branch\", x)").find()).isTrue();
  }

  private static List<Path> sources(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .filter(f -> f.toString().contains("/src/main/"))
          .toList();
    }
  }

  private static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
