package dev.sluice.pipelines.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.query.TextTable;
import dev.sluice.pipelines.report.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that reach a terminal cannot steer it, whichever way they go. */
class TerminalTextTest {
  private static final String TAG = "\uDB40\uDC41"; // U+E0041, which no terminal shows

  @ParameterizedTest
  @ValueSource(strings = {"\u001b", "\u0007", "\r", "\u007f", "\u009b", "\u202e", "\u200b", TAG})
  void whatWouldSteerIsADot(String steering) {
    String text = "a" + steering + "31mb";
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    Progress progress = new Progress(new PrintStream(console, true, StandardCharsets.UTF_8));
    progress.say(text);
    progress.plain(text);

    assertThat(TerminalText.of(text)).isEqualTo("a.31mb");
    assertThat(console.toString(StandardCharsets.UTF_8)).contains("a.31mb\na.31mb\n");
    assertThat(TextTable.lines(List.of("c"), List.of(List.of(text)))).last().isEqualTo("a.31mb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b", "\u009b", "\u202e", TAG})
  void jsonEscapesItAndMeansTheSame(String steering) throws Exception {
    String text = ReportJson.text(Map.of("c", "a" + steering + "\nb"));

    assertThat(text).doesNotContain(steering).contains("\\u");
    assertThat(new com.fasterxml.jackson.databind.ObjectMapper().readTree(text).path("c").asText())
        .isEqualTo("a" + steering + "\nb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "Straße", "東京", "…"})
  void whatDoesNotSteerStays(String text) {
    assertThat(TerminalText.of(text)).isEqualTo(text);
  }
}
