package dev.sluice.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateKeysTest {
  @Test
  void aKeyWithANullInItIsNone() {
    assertThat(DuplicateKeys.query(List.of("shop", "number")))
        .isEqualTo(
            "SELECT count(*) FROM (SELECT 1 AS one FROM {object}"
                + " WHERE `shop` IS NOT NULL AND `number` IS NOT NULL"
                + " GROUP BY `shop`, `number` HAVING count(*) > 1)");
  }

  @Test
  void theQueryOfAKeyIsKnownWhateverTheOrderOfItsColumns() {
    String query = DuplicateKeys.query(List.of("shop", "number"));

    assertThat(DuplicateKeys.isQueryOf(query, List.of("number", "shop"))).isTrue();
    assertThat(DuplicateKeys.isQueryOf(query, List.of("shop"))).isFalse();
    assertThat(DuplicateKeys.isQueryOf(query, List.of("shop", "day"))).isFalse();
    assertThat(DuplicateKeys.isQueryOf(query, List.of())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM {object}",
        "SELECT count(*) FROM (SELECT 1 AS one FROM {object} GROUP BY `shop` HAVING count(*) > 1)",
        "SELECT count(*) FROM (SELECT 1 AS one FROM {object} WHERE `day` IS NOT NULL"
            + " GROUP BY `shop` HAVING count(*) > 1)",
        " GROUP BY HAVING count(*) > 1)",
      })
  void anotherQueryIsNot(String query) {
    assertThat(DuplicateKeys.isQueryOf(query, List.of("shop"))).isFalse();
  }
}
