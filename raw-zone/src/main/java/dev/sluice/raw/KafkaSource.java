package dev.sluice.raw;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * A Kafka cluster and how to reach it.
 *
 * @param cluster the name that lanes carry; it must stay when addresses change
 * @param bootstrap {@code host:port}, several separated by commas
 * @param options further settings of Kafka's client, such as {@code security.protocol}; never part
 *     of the text form, because some are secret
 */
public record KafkaSource(String cluster, String bootstrap, Map<String, String> options) {
  private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_.-]{1,60}");

  public KafkaSource {
    if (!CLUSTER.matcher(cluster).matches()) {
      throw new IllegalArgumentException(
          "A Kafka cluster's name has letters, digits and _.- only (at most 60); got '"
              + cluster
              + "'");
    }
    if (bootstrap.isBlank()) {
      throw new IllegalArgumentException(
          "Kafka cluster " + cluster + " needs an address as host:port");
    }
    options = Map.copyOf(options);
  }

  /** Settings for Kafka's own clients. */
  Map<String, Object> clientSettings() {
    Map<String, Object> settings = new HashMap<>(options);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    return settings;
  }

  /** The same for Spark's reader; aborted and open transactions stay unread. */
  Map<String, String> sparkOptions() {
    Map<String, String> spark = new TreeMap<>();
    options.forEach((key, value) -> spark.put("kafka." + key, value));
    spark.put("kafka." + CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    spark.put("kafka." + ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return spark;
  }

  @Override
  public String toString() {
    return "Kafka cluster " + cluster + " at " + bootstrap;
  }
}
