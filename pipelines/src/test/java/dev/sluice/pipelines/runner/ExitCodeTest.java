package dev.sluice.pipelines.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

  @ParameterizedTest
  @CsvSource({"SETUP, 78", "TRANSIENT, 69", "DATA, 65", "LOST, 74", "DEFECT, 70"})
  void whoMustActDecides(FailureKind kind, int number) {
    assertThat(ExitCode.of(new JobOutcome.Failed(kind, "")).number()).isEqualTo(number);
  }
}
