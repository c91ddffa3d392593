package dev.sluice.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.registry.RunHistory.BlockedRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  private static final String LANE =
      "kafka:embedded/city.video-detections-of-all-crossings.v1/hqXd8uXrTZ2hJq1Uo0dAuw/3";

  @Test
  void aLaneIsShownToItsPartition() {
    assertThat(text(List.of(), List.of())).contains(LANE);
  }

  @Test
  void aBlockIsToldInFullWithItsRules() {
    String what =
        "Nothing of raw editions 3 to 9 was published to city_stage.video_detections; ".repeat(2);

    assertThat(
            text(
                List.of(
                    new BlockedRow(
                        "export",
                        "detections",
                        "city",
                        "r1",
                        "2026-11-20T00:00:00Z",
                        what,
                        List.of("rule cap: expected <= 0.2, measured 0.31"))),
                List.of()))
        .contains(
            "Blocked since 2026-11-20T00:00:00Z: export of detections (city), run r1",
            "  " + what,
            "  rule cap: expected <= 0.2, measured 0.31");
  }

  @Test
  void whoHoldsALeaseIsToldAndSinceWhen() {
    assertThat(
            text(
                List.of(),
                List.of(new Leases.Held("promote/a/a/city", "r7", "2026-11-20T10:00:00Z"))))
        .contains("Held since 2026-11-20T10:00:00Z: promote/a/a/city, by run r7");
  }

  @Test
  void nothingBlockedAndNothingHeldIsToldToo() {
    assertThat(text(List.of(), List.of())).contains("No gate is blocked.", "No lease is held.");
  }

  private static String text(List<BlockedRow> blocked, List<Leases.Held> leases) {
    return String.join(
        "\n",
        new StatusText(
                new StatusReport(
                    List.of(new StatusReport.Lag("raw", "city_raw.x", LANE, 1, 2, 1)),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    blocked,
                    List.of(),
                    leases,
                    List.of()))
            .lines());
  }
}
