package dev.sluice.catalog.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.run.BackfillRange.Mode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackfillRangeTest {
  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

  @Test
  void rangeEndsBeforeUntil() {
    BackfillRange range = new BackfillRange(MAY, MAY.plusMillis(1), Mode.CHANGED, true);

    assertThat(range.until()).isAfter(range.from());
  }

  @Test
  void rangeOfNoLengthIsRefusedWithItsEnds() {
    assertThatThrownBy(() -> new BackfillRange(MAY, MAY, Mode.FORCE, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("until not included")
        .hasMessageContaining(MAY.toString());
  }

  @Test
  void rangeThatRunsBackIsRefused() {
    assertThatThrownBy(() -> new BackfillRange(MAY, MAY.minusSeconds(1), Mode.FILL_GAPS, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
