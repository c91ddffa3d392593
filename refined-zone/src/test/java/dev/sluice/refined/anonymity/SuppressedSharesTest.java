package dev.sluice.refined.anonymity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.run.RuleResult;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SuppressedSharesTest {
  private static final Map<String, Long> ROWS =
      Map.of("full", 10L, "thin", 10L, "gone", 1L, "emptied", 0L);

  @Test
  void aThinPartitionIsOverTheCapWhicheverOthersAreJudgedWithIt() {
    SuppressedShares shares = shares(Map.of("full", 10L, "thin", 4L));

    assertThat(shares.over(0.5)).containsExactly("thin");
    assertThat(shares.over(0.6)).isEmpty();
    assertThat(shares.largest()).isEqualTo(0.6);
  }

  @Test
  void aPartitionOfWhichNothingLeavesMisleadsNobody() {
    SuppressedShares shares = shares(Map.of("full", 10L, "thin", 10L));

    assertThat(shares.over(0)).isEmpty();
    assertThat(shares.largest()).isZero();
  }

  @Test
  void whereNothingOfTheWholeTableLeavesEachPartitionWithRowsIsMissing() {
    SuppressedShares shares = new SuppressedShares(new TreeMap<>(ROWS), new TreeMap<>(), true);

    assertThat(shares.over(0.5)).containsExactly("full", "gone", "thin");
    assertThat(shares.against(0.5, true))
        .isEqualTo(new RuleResult("export.suppressed-share", 1, "<= 0.5", false, true));
    assertThat(shares.over(1)).as("a cap that allows it").isEmpty();
  }

  @Test
  void theRuleBlocksOnlyWhereNothingCanLeaveForIt() {
    SuppressedShares shares = shares(Map.of("full", 10L, "thin", 4L));

    assertThat(shares.against(0.5, false))
        .isEqualTo(new RuleResult("export.suppressed-share", 0.6, "<= 0.5", false, false));
    assertThat(shares.against(0.6, true))
        .isEqualTo(new RuleResult("export.suppressed-share", 0.6, "<= 0.6", true, true));
  }

  private static SuppressedShares shares(Map<String, Long> leaving) {
    return new SuppressedShares(new TreeMap<>(ROWS), new TreeMap<>(leaving), false);
  }
}
