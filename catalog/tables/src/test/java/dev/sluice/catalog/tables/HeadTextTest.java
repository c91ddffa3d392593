package dev.sluice.catalog.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Position;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTextTest {
  @Test
  void isCompactAndOrdered() {
    TreeMap<Lane, Long> lanes = new TreeMap<>();
    lanes.put(new Lane("b/t@1/1"), 7L);
    lanes.put(new Lane("a/t@1/0"), Long.MAX_VALUE);

    String text = HeadText.write(new Head(2, 3, new Position(lanes)));

    assertThat(text)
        .isEqualTo(
            "{\"epoch\":2,\"edition\":3,\"lanes\":{\"a/t@1/0\":9223372036854775807,\"b/t@1/1\":7}}");
    assertThat(HeadText.read(text)).isEqualTo(new Head(2, 3, new Position(lanes)));
  }

  @ParameterizedTest(name = "text {0}")
  @ValueSource(
      strings = {
        "",
        "7",
        "null",
        "{}",
        "{\"epoch\":0,\"edition\":1}",
        "{\"epoch\":-1,\"edition\":1,\"lanes\":{}}",
        "{\"epoch\":0,\"edition\":1.5,\"lanes\":{}}",
        "{\"epoch\":0,\"edition\":1,\"edition\":2,\"lanes\":{}}",
        "{\"epoch\":0,\"edition\":1,\"lanes\":{\"a\":-1}}",
        "{\"epoch\":0,\"edition\":1,\"lanes\":{\"a\":9223372036854775808}}",
        "{\"epoch\":0,\"edition\":1,\"lanes\":{\"a b\":1}}",
        "{\"epoch\":0,\"edition\":1,\"lanes\":{}} x"
      })
  void whatIsNoHeadIsUnreadable(String text) {
    assertThatThrownBy(() -> HeadText.read(text)).isInstanceOf(UnreadableText.class);
  }
}
