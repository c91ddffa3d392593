package dev.sluice.catalog.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampTextTest {
  @Test
  void leavesOutWhatIsEmpty() {
    assertThat(AStamp.ofEdition(3).taking("k/t@1/0", 5, 9).text())
        .isEqualTo(
            "{\"format\":1,\"run\":\"r1\",\"contract\":\"video-detections\","
                + "\"contractVersion\":\"1.0.0\",\"codeVersion\":\"test\",\"epoch\":0,\"edition\":3,"
                + "\"lanes\":{\"k/t@1/0\":[5,9]}}");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void readsWhatItWrote(long seed) {
    Random random = new Random(seed);
    TreeMap<Lane, LaneRange> lanes = new TreeMap<>();
    for (int lane = random.nextInt(20); lane > 0; lane--) {
      long from = random.nextLong(Long.MAX_VALUE);
      lanes.put(new Lane("c/t@id/" + lane), new LaneRange(from, from + random.nextInt(2)));
    }
    Touched touched =
        random.nextBoolean() ? Touched.ALL : Touched.of(List.of("a\"b", "\u00e9\n", "2026-01-01"));
    Stamp stamp =
        new Stamp(
            "r" + seed,
            "c",
            "1.0.0",
            "0.1",
            random.nextInt(9),
            1 + random.nextInt(9),
            random.nextBoolean() ? Optional.of("audit_r1") : Optional.empty(),
            lanes,
            touched);

    assertThat(StampText.read(StampText.write(stamp))).isEqualTo(stamp);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "[1]",
        "[1,2,3]",
        "[2,1]",
        "[-1,4]",
        "[1.0,2]",
        "\"1\"",
        "[\"1\",\"2\"]",
        "{}",
        "null"
      })
  void aLaneIsAPairThatGoesForward(String lane) {
    String text = AStamp.ofEdition(3).taking("k/t@1/0", 5, 9).text().replace("[5,9]", lane);

    assertThatThrownBy(() -> StampText.read(text)).isInstanceOf(UnreadableText.class);
  }

  @Test
  void anUnknownFormatIsUnreadable() {
    String text = AStamp.ofEdition(3).text().replace("\"format\":1", "\"format\":2");

    assertThatThrownBy(() -> StampText.read(text))
        .isInstanceOf(UnreadableText.class)
        .hasMessageContaining("got format 2");
  }

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }
}
