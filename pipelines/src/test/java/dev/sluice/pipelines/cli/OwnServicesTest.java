package dev.sluice.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OwnServicesTest {
  private int stops;

  @Test
  void whatWasStartedIsStoppedOnceWhenTheCommandThrows() {
    assertThatThrownBy(() -> fail(new OwnServices(false, false, () -> stops++)))
        .hasMessage("the command failed");

    assertThat(stops).isEqualTo(1);
  }

  @Test
  void whatShallStayStays() {
    assertThatThrownBy(() -> fail(new OwnServices(false, true, () -> stops++)))
        .hasMessage("the command failed");

    assertThat(stops).isZero();
  }

  @Test
  void whatWasUpBeforeStays() {
    new OwnServices(true, false, () -> stops++).close();

    assertThat(stops).isZero();
  }

  private static void fail(OwnServices services) {
    try (services) {
      throw new IllegalStateException("the command failed");
    }
  }
}
