package dev.sluice.pipelines.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WireExpiryTest {
  @Test
  void oneRunLetsGoWhatIsOldInAllZones() {
    AgingReadings readings = AgingReadings.of("allzones").land("2026-03-01").promote().refine();

    Map<String, String> outcomes = readings.expire("2026-03-20");

    assertThat(outcomes)
        .isEqualTo(
            Map.of(readings.raw(), "Done", readings.stage(), "Done", readings.byDay(), "Done"));
    assertThat(readings.rows(readings.raw())).isZero();
    assertThat(readings.rows(readings.stage())).isZero();
    assertThat(readings.days()).isEqualTo("[]");
  }
}
