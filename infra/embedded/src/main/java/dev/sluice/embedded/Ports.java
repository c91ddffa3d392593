package dev.sluice.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** The loopback ports of one home. They are kept across restarts while nobody else has them. */
record Ports(int kafka, int kafkaController, int postgres, int bigquery, int bigqueryGrpc) {
  // Below the range that systems hand out to outgoing connections, so that a stopped stack
  // finds its ports free again.
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 1_000;

  /** Keeps each earlier port that is free and finds a free one in place of any other. */
  static Ports choose(Map<String, Integer> earlier) throws IOException {
    Set<Integer> taken = new TreeSet<>();
    return new Ports(
        next(earlier, "kafka", taken),
        next(earlier, "kafkaController", taken),
        next(earlier, "postgres", taken),
        next(earlier, "bigquery", taken),
        next(earlier, "bigqueryGrpc", taken));
  }

  Map<String, Integer> byName() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("kafka", kafka);
    ports.put("kafkaController", kafkaController);
    ports.put("postgres", postgres);
    ports.put("bigquery", bigquery);
    ports.put("bigqueryGrpc", bigqueryGrpc);
    return ports;
  }

  private static int next(Map<String, Integer> earlier, String name, Set<Integer> taken)
      throws IOException {
    Random random = new Random();
    int port = earlier.getOrDefault(name, 0);
    for (int i = 0; i < TRIES; i++) {
      if (port > 0 && port < 65_536 && !taken.contains(port) && isFree(port)) {
        taken.add(port);
        return port;
      }
      port = LOWEST + random.nextInt(HIGHEST - LOWEST);
    }
    throw new IOException(
        "No free port for "
            + name
            + " on 127.0.0.1 between "
            + LOWEST
            + " and "
            + HIGHEST
            + " in "
            + TRIES
            + " tries; stop what holds them");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
