package dev.sluice.pipelines.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.pipelines.config.ConfigFault;
import dev.sluice.pipelines.config.ConfigFaults;
import dev.sluice.pipelines.config.SecretMissing;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClassifyFailureTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException("refused"), ExitCode.SERVICE_MISSING),
        Arguments.of(new UnknownHostException("db"), ExitCode.SERVICE_MISSING),
        Arguments.of(new TimeoutException("no broker"), ExitCode.SERVICE_MISSING),
        Arguments.of(new SQLException("gone", "08006"), ExitCode.SERVICE_MISSING),
        Arguments.of(new SQLException("stopping", "57P01"), ExitCode.SERVICE_MISSING),
        Arguments.of(new SQLException("syntax", "42601"), ExitCode.DEFECT),
        Arguments.of(
            new ConfigFaults(List.of(new ConfigFault("f", 1, "x"))), ExitCode.CONFIGURATION),
        Arguments.of(new SecretMissing("not there", "env:X"), ExitCode.CONFIGURATION),
        Arguments.of(new NullPointerException(), ExitCode.DEFECT));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theCauseDecidesHoweverDeepItLies(Throwable cause, ExitCode expected) {
    Throwable wrapped = new IllegalStateException(new RuntimeException(cause));

    assertThat(ExitCode.of(ClassifyFailure.outcome(wrapped))).isEqualTo(expected);
  }

  @Test
  void aDefectIsToldByTypePlaceLogAndPageButNotByItsMessage() {
    JobOutcome outcome =
        ClassifyFailure.outcome(
            new RuntimeException(new IllegalStateException("plate 'AB-123' is wrong")));

    assertThat(((JobOutcome.Failed) outcome).what())
        .contains("IllegalStateException at ClassifyFailureTest.java:")
        .contains("sluice.log")
        .contains("docs/runbooks/defect.md")
        .doesNotContain("AB-123");
  }
}
