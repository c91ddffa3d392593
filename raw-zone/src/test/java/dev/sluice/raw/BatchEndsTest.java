package dev.sluice.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchEndsTest {

  @Test
  void theEndsOfTheTopicAreRead() {
    List<String> lines =
        List.of("v1", "{\"batchWatermarkMs\":0}", "{\"city.readings\":{\"1\":7,\"0\":12}}");

    assertThat(BatchEnds.read(lines, "city.readings")).isEqualTo(Map.of(0, 12L, 1, 7L));
  }

  @Test
  void anUnknownFormIsToldInsteadOfGuessed() {
    assertThatThrownBy(() -> BatchEnds.read(List.of("v9", "{}", "-"), "city.readings"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("city.readings");
  }
}
