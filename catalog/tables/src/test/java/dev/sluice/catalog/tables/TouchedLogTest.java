package dev.sluice.catalog.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.position.Touched;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TouchedLogTest {
  @Test
  void gathersWhatCameAfterAnEdition() {
    TouchedLog log =
        TouchedLog.EMPTY
            .with(1, Touched.of(List.of("a")))
            .with(2, Touched.NOTHING)
            .with(3, Touched.of(List.of("b", "c")));

    assertThat(log.since(0).partitions()).containsExactly("a", "b", "c");
    assertThat(log.since(1).partitions()).containsExactly("b", "c");
    assertThat(log.since(3)).isEqualTo(Touched.NOTHING);
    assertThat(log.write())
        .isEqualTo(
            "[{\"edition\":1,\"partitions\":[\"a\"]},{\"edition\":3,\"partitions\":[\"b\",\"c\"]}]");
    assertThat(TouchedLog.read(log.write())).isEqualTo(log);
  }

  @Test
  void whatIsForgottenCountsAsAll() {
    TouchedLog log = TouchedLog.EMPTY;
    for (int edition = 1; edition <= 500; edition++) {
      log = log.with(edition, Touched.of(List.of("p" + edition)));
    }

    assertThat(log.entries()).hasSize(TouchedLog.EDITIONS + 1);
    assertThat(log.since(0)).isEqualTo(Touched.ALL);
    assertThat(log.since(299)).isEqualTo(Touched.ALL);
    assertThat(log.since(300).partitions()).hasSize(200).contains("p301", "p500");
    assertThat(log.since(499).partitions()).containsExactly("p500");
  }

  @Test
  void staysSmallWhenEditionsTouchMuch() {
    TouchedLog log = TouchedLog.EMPTY;
    for (int edition = 1; edition <= 100; edition++) {
      log = log.with(edition, Touched.of(IntStream.range(0, 400).mapToObj(i -> "p" + i).toList()));
    }

    assertThat(log.entries().stream().mapToInt(e -> e.touched().partitions().size()).sum())
        .isLessThanOrEqualTo(TouchedLog.PARTITIONS);
    assertThat(log.since(99).partitions()).hasSize(400);
    assertThat(log.since(10).all()).isTrue();
  }
}
