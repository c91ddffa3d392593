package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExportedHeadTest {
  @Test
  void whatDidNotLeaveIsToldByItsReason() {
    assertThat(ExportedHead.NONE.unsentInWords()).isEmpty();
    assertThat(head("2026-01-01", "2026-01-02", "2026-01-03").unsentInWords())
        .isEqualTo(
            "2 partitions wait (open, too close to what was exported, or more than a day's bytes), 1"
                + " partitions are withheld"
                + " (more is suppressed than maxSuppressed allows)");
  }

  @Test
  void allOfItComesAgain() {
    assertThat(head("2026-01-01", "2026-01-02", "2026-01-03").unsent())
        .containsExactly("2026-01-01", "2026-01-02", "2026-01-03");
  }

  @Test
  void headThatIsBegunAnewKeepsTheNumberOfTheLastExport() {
    ExportedHead begun = ExportedHead.startAfter(7);

    assertThat(begun.isStart()).isTrue();
    assertThat(begun.exportNo()).isEqualTo(7);
  }

  private static ExportedHead head(String one, String other, String withheld) {
    ExportedHead none = ExportedHead.NONE;
    TreeSet<String> pending = new TreeSet<>();
    pending.add(one);
    pending.add(other);
    TreeSet<String> not = new TreeSet<>();
    not.add(withheld);
    return new ExportedHead(
        none.position(), none.positionText(), 1, 0, 0, Map.of(), pending, not, "");
  }
}
