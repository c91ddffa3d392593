package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.refined.export.fixture.AProduct;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyFingerprintTest {
  private static final String BEFORE = of(AProduct.sightings());

  @Test
  void whateverDecidesWhichRowsLeaveChangesIt() {
    assertThat(
            List.of(
                of(AProduct.sightings().k(3)),
                of(AProduct.sightings().sensitive(2, "seen")),
                of(AProduct.sightings().sensitive(3, "seen")),
                of(AProduct.sightings().maxSuppressed(0.4)),
                of(AProduct.sightings().holdOpen(Duration.ofDays(1))),
                of(AProduct.sightings().holdDifferences()),
                PolicyFingerprint.of(knowing(List.of(List.of("place"))))))
        .doesNotHaveDuplicates()
        .doesNotContain(BEFORE);
  }

  @Test
  void budgetOrderAndColumnsDoNot() {
    assertThat(of(AProduct.sightings().maxBytesPerDay(1))).isEqualTo(BEFORE);
    assertThat(of(AProduct.sightings().allowing("place", "day"))).isEqualTo(BEFORE);
    assertThat(PolicyFingerprint.of(knowing(List.of(List.of("day", "place"), List.of("place")))))
        .isEqualTo(
            PolicyFingerprint.of(knowing(List.of(List.of("place"), List.of("place", "day")))));
  }

  private static String of(AProduct product) {
    return PolicyFingerprint.of(product.policy());
  }

  private static ExportPolicy knowing(List<List<String>> totals) {
    ExportPolicy policy = AProduct.sightings().policy();
    return new ExportPolicy(
        policy.columns(),
        policy.quasiIdentifiers(),
        policy.counted(),
        policy.k(),
        policy.sensitive(),
        policy.l(),
        policy.maxSuppressed(),
        policy.maxBytesPerDay(),
        policy.holdOpen(),
        totals,
        policy.holdDifferences());
  }
}
