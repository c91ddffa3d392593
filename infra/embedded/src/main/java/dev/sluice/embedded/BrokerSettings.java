package dev.sluice.embedded;

import java.util.Properties;

/** Settings of the one broker: loopback only, one replica of everything, nothing ever deleted. */
final class BrokerSettings {
  private static final int MIB = 1024 * 1024;

  private BrokerSettings() {}

  static Properties of(HomeFolder home, Ports ports) {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@127.0.0.1:" + ports.kafkaController());
    p.setProperty(
        "listeners",
        "PLAINTEXT://127.0.0.1:"
            + ports.kafka()
            + ",CONTROLLER://127.0.0.1:"
            + ports.kafkaController());
    p.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + ports.kafka());
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("log.dirs", home.kafka().resolve("log").toString());

    p.setProperty("auto.create.topics.enable", "false");
    p.setProperty("default.replication.factor", "1");
    p.setProperty("min.insync.replicas", "1");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "4");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("transaction.state.log.num.partitions", "4");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("group.initial.rebalance.delay.ms", "0");

    p.setProperty("log.retention.ms", "-1");
    p.setProperty("log.retention.bytes", "-1");
    p.setProperty("log.segment.bytes", Integer.toString(256 * MIB));
    p.setProperty("message.max.bytes", Integer.toString(16 * MIB));
    p.setProperty("replica.fetch.max.bytes", Integer.toString(16 * MIB));

    // Sized for a small heap; the cleaner's buffer alone is 128 MiB by default.
    p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 * MIB));
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "4");
    p.setProperty("background.threads", "2");
    return p;
  }
}
