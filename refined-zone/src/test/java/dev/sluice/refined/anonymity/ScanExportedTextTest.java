package dev.sluice.refined.anonymity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.RuleResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanExportedTextTest {
  private static final String PSEUDONYM = "psn_AAAAAAAAAAAAAAAAAAAAAA";

  @ParameterizedTest
  @ValueSource(
      strings = {
        PSEUDONYM,
        "seen by psn_AAAAAAAAAAAAAAAAAAAAAA today",
        "tok_AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "write to someone@example.org",
        "4111 1111 1111 1111"
      })
  void tokensAddressesAndCardNumbersAreHits(String text) {
    assertThat(ScanExportedText.isHit(text)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "north", "12 NE Street", "B-MW 1234", "4111 1111 1111 1112", "[email]"})
  void ordinaryTextIsNone(String text) {
    assertThat(ScanExportedText.isHit(text)).isFalse();
  }

  @Test
  void everyColumnWithTextIsCountedAlsoInsideListsAndStructs() {
    List<RuleResult> results =
        ScanExportedText.on(
            SharedLake.lake()
                .spark()
                .sql(
                    "SELECT 1 AS n, 'north' AS place, array('x', '"
                        + PSEUDONYM
                        + "') AS tags, named_struct('a', '"
                        + PSEUDONYM
                        + "', 'b', 1) AS part,"
                        + " map('psn', array(named_struct('a', '"
                        + PSEUDONYM
                        + "'))) AS deep"));

    assertThat(results)
        .extracting(RuleResult::rule, RuleResult::measured, RuleResult::held)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("export.no-token-in.place", 0.0, true),
            org.assertj.core.groups.Tuple.tuple("export.no-token-in.tags", 1.0, false),
            org.assertj.core.groups.Tuple.tuple("export.no-token-in.part", 1.0, false),
            org.assertj.core.groups.Tuple.tuple("export.no-token-in.deep", 1.0, false));
  }

  @Test
  void numbersBesideATextInAStructAreNoCardNumbers() {
    String cards =
        "SELECT named_struct('at', at, 'place', 'north', 'tags', array('x', NULL)) AS part"
            + " FROM VALUES (4111111111111111L), (1767225600006L), (NULL) AS t(at)";
    assertThat(ScanExportedText.isHit("4111111111111111")).isTrue();

    assertThat(ScanExportedText.on(SharedLake.lake().spark().sql(cards)))
        .extracting(RuleResult::rule, RuleResult::measured)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("export.no-token-in.part", 0.0));
  }
}
