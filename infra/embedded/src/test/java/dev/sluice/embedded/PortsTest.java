package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void freePortsAreKeptAndAllDiffer() throws IOException {
    Ports first = Ports.choose(Map.of());

    assertThat(Ports.choose(first.byName())).isEqualTo(first);
    assertThat(new HashSet<>(first.byName().values())).hasSize(5);
  }

  @Test
  void aPortThatAnotherHoldsIsReplacedAndTheOthersStay() throws IOException {
    Ports first = Ports.choose(Map.of());

    try (ServerSocket other =
        new ServerSocket(first.postgres(), 1, InetAddress.getLoopbackAddress())) {
      Ports second = Ports.choose(first.byName());

      assertThat(second.postgres()).isNotEqualTo(other.getLocalPort());
      assertThat(second.kafka()).isEqualTo(first.kafka());
    }
  }

  @Test
  void aPortThatTwoNamesClaimGoesToOne() throws IOException {
    Map<String, Integer> earlier = new HashMap<>(Ports.choose(Map.of()).byName());
    earlier.put("postgres", earlier.get("kafka"));

    Ports ports = Ports.choose(earlier);

    assertThat(ports.postgres()).isNotEqualTo(ports.kafka());
  }
}
