package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessesTest {
  @Test
  void aProcessIsFoundOnlyWhenItsCommandLineHasAllParts() throws Exception {
    Process process = new ProcessBuilder("sleep", "300.25").start();
    try {
      assertThat(Processes.find(process.pid(), List.of("sleep", "300.25"))).isPresent();
      assertThat(Processes.find(process.pid(), List.of("sleep", "another home"))).isEmpty();
    } finally {
      Processes.end(process.toHandle(), "TERM", Duration.ofSeconds(10));
    }

    assertThat(process.isAlive()).isFalse();
    assertThat(Processes.find(process.pid(), List.of("sleep"))).isEmpty();
  }

  @Test
  void aProcessThatIgnoresTheSignalIsKilled() throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", "trap '' TERM; echo set; while :; do sleep 0.05; done")
            .start();
    assertThat(process.getInputStream().read()).isEqualTo('s');

    Processes.end(process.toHandle(), "TERM", Duration.ofMillis(200));

    assertThat(process.waitFor()).isEqualTo(128 + 9);
  }
}
