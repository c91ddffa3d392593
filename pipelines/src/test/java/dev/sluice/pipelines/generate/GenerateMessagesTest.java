package dev.sluice.pipelines.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.pipelines.runner.WrongUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateMessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, DataContract> CONTRACTS =
      ContractFolder.read(Path.of("../catalog/contracts")).stream()
          .collect(Collectors.toMap(DataContract::id, Function.identity()));

  @ParameterizedTest(name = "{0}, seed 7")
  @ValueSource(strings = {"video-detections", "flights"})
  void equalOptionsGiveEqualBytes(String contract) throws IOException {
    assertThat(text(contract, GenerateOptions.of(2_000, 7)))
        .isEqualTo(text(contract, GenerateOptions.of(2_000, 7)));
  }

  @ParameterizedTest(name = "{0}, seeds 7 and 8")
  @ValueSource(strings = {"video-detections", "flights"})
  void anotherSeedGivesOtherMessages(String contract) throws IOException {
    assertThat(text(contract, GenerateOptions.of(100, 7)))
        .isNotEqualTo(text(contract, GenerateOptions.of(100, 8)));
  }

  @Test
  void sharesAreKeptAndTheCountIsExact() {
    Map<String, Long> kinds =
        messages("video-detections", GenerateOptions.of(20_000, 7)).stream()
            .collect(Collectors.groupingBy(m -> m.kind().split(":", 2)[0], Collectors.counting()));

    assertThat(kinds.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(20_000);
    assertThat(kinds.get("resend")).isCloseTo(400L, within(80L));
    assertThat(kinds.get("late")).isCloseTo(400L, within(80L));
    assertThat(kinds.get("broken")).isCloseTo(200L, within(60L));
    assertThat(kinds.get("conflict")).isCloseTo(20L, within(15L));
  }

  @Test
  void noMessageHoldsALineBreak() {
    assertThat(messages("video-detections", GenerateOptions.of(5_000, 7)))
        .allSatisfy(m -> assertThat(m.value()).doesNotContain((byte) '\n'));
  }

  @Test
  void resendsRepeatAnEarlierMessageByteForByte() {
    List<String> before = new ArrayList<>();
    for (GeneratedMessage message : messages("flights", GenerateOptions.of(5_000, 7))) {
      String text = new String(message.value(), StandardCharsets.UTF_8);
      if (message.kind().equals("resend")) {
        assertThat(before).contains(text);
      }
      before.add(text);
    }
  }

  @Test
  void businessKeysAreUniqueAmongGoodMessages() throws IOException {
    List<Long> keys = new ArrayList<>();
    for (GeneratedMessage message : messages("video-detections", GenerateOptions.of(5_000, 7))) {
      if (message.kind().equals("good") || message.kind().equals("late")) {
        keys.add(JSON.readTree(message.value()).path("detection_oid").asLong());
      }
    }

    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void detectionsLookPlausible() throws IOException {
    Map<String, Long> places =
        good("video-detections").stream()
            .collect(
                Collectors.groupingBy(
                    e -> e.path("geographical_location_oid").asText(), Collectors.counting()));
    long camerasOfPlaceOne =
        good("video-detections").stream()
            .filter(e -> e.path("geographical_location_oid").asInt() == 1)
            .map(e -> e.path("video_camera_oid").asInt())
            .distinct()
            .count();

    assertThat(places).hasSize(60);
    assertThat(places.get("1")).isGreaterThan(3 * places.get("60"));
    assertThat(camerasOfPlaceOne).isBetween(5L, 15L);
  }

  @Test
  void eventTimesEndWhenAskedAndLateOnesLieFarBehindTheirNeighbours() throws IOException {
    long last = 0;
    long furthest = 0;
    for (GeneratedMessage message : messages("video-detections", GenerateOptions.of(20_000, 7))) {
      if (message.kind().equals("good")) {
        last = Math.max(last, JSON.readTree(message.value()).path("timestamp_detected").asLong());
      } else if (message.kind().equals("late")) {
        long time = JSON.readTree(message.value()).path("timestamp_detected").asLong();
        furthest = Math.max(furthest, last - time);
      }
    }

    assertThat(Instant.ofEpochMilli(last)).isBefore(GenerateOptions.DEFAULT_UNTIL);
    assertThat(furthest).isGreaterThan(1_800_000);
  }

  @Test
  void theLedgerTellsEachLine() throws IOException {
    StringWriter ledger = new StringWriter();
    Iterator<GeneratedMessage> messages =
        new GenerateMessages(CONTRACTS.get("flights"), GenerateOptions.of(50, 7));

    new WriteMessages(new ByteArrayOutputStream(), ledger).all(messages);

    assertThat(ledger.toString().lines()).hasSize(50);
    assertThat(
            JSON.readTree(ledger.toString().lines().findFirst().orElseThrow()).path("line").asInt())
        .isEqualTo(1);
  }

  @Test
  void linesCanBeReadWithoutAFile() throws IOException {
    byte[] streamed =
        new AsLines(new GenerateMessages(CONTRACTS.get("flights"), GenerateOptions.of(500, 7)))
            .readAllBytes();

    assertThat(new String(streamed, StandardCharsets.ISO_8859_1))
        .isEqualTo(text("flights", GenerateOptions.of(500, 7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"^[A-Z]{2}-\\d{3,5}$", "(red|green|blue)+", "a?b*c+[^0-9]", "x.y\\w"})
  void textsMatchTheirPattern(String pattern) {
    var random = new java.util.SplittableRandom(7);
    for (int i = 0; i < 200; i++) {
      assertThat(TextFromPattern.of(pattern, random)).matches(pattern);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\p{Lu}+", "\\bx", "(a)\\1", "(?i)x", "a+?", "[a-z&&[^b]]", "[[ab]c]"})
  void aPatternBeyondUsIsRefusedByName(String pattern) {
    assertThatThrownBy(() -> TextFromPattern.of(pattern, new java.util.SplittableRandom(7)))
        .isInstanceOf(WrongUsage.class)
        .hasMessageContaining(pattern)
        .hasMessageContaining("examples");
  }

  @Test
  void moreRowsThanCanBeMadeAreRefused() {
    assertThatThrownBy(() -> GenerateOptions.of(2_000_000_000, 7)).isInstanceOf(WrongUsage.class);
  }

  private static List<JsonNode> good(String contract) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (GeneratedMessage message : messages(contract, GenerateOptions.of(20_000, 7))) {
      if (message.kind().equals("good")) {
        events.add(JSON.readTree(message.value()));
      }
    }
    return events;
  }

  private static List<GeneratedMessage> messages(String contract, GenerateOptions options) {
    List<GeneratedMessage> all = new ArrayList<>();
    new GenerateMessages(CONTRACTS.get(contract), options).forEachRemaining(all::add);
    return all;
  }

  private static String text(String contract, GenerateOptions options) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new WriteMessages(out, new StringWriter())
        .all(new GenerateMessages(CONTRACTS.get(contract), options));
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
