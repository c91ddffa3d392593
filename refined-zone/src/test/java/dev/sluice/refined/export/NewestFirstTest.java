package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.refined.PartitionValues;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewestFirstTest {
  @Test
  void numbersGoByValueAndWhatHasNoneComesLast() {
    assertThat(sorted(Simple.INT, "9", PartitionValues.NULL, "-1", "10"))
        .containsExactly("10", "9", "-1", PartitionValues.NULL);
  }

  @Test
  void theLatestDayComesFirst() {
    assertThat(sorted(Simple.DATE, "2026-01-31", "2026-02-01", "2025-12-31"))
        .containsExactly("2026-02-01", "2026-01-31", "2025-12-31");
  }

  private static List<String> sorted(Simple type, String... partitions) {
    return new NewestFirst(new PartitionValues("part", type)).of(List.of(partitions));
  }
}
