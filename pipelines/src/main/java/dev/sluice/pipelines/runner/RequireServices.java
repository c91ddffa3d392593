package dev.sluice.pipelines.runner;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.registry.ServiceMissing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;

/** Looks whether services answer before a job starts, so that a missing one is named at once. */
public final class RequireServices {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Whoever listens may still be slow to answer, on a busy machine for many seconds. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final SluiceConfig config;

  public RequireServices(SluiceConfig config) {
    this.config = config;
  }

  /**
   * Kafka, if one of the contracts has a topic.
   *
   * @throws ServiceMissing when no broker answers
   */
  public void kafka(Collection<DataContract> contracts) {
    if (contracts.stream().anyMatch(contract -> contract.source().hasTopic())) {
      kafka();
    }
  }

  /**
   * @throws ServiceMissing when no broker answers
   */
  public void kafka() {
    someBrokerListens();
    try (Admin admin = Admin.create(clientProperties())) {
      var unused = admin.describeCluster().clusterId().get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw kafkaMissing(cause(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking for Kafka", e);
    }
  }

  private void someBrokerListens() {
    Optional<IOException> refused = Optional.empty();
    for (String broker : config.kafka().bootstrap().split(",")) {
      String host = Utils.getHost(broker.strip());
      Integer port = Utils.getPort(broker.strip());
      if (host == null || port == null) {
        return; // Kafka's own client says what is wrong with it
      }
      try {
        connect(host, port);
        return;
      } catch (IOException e) {
        refused = Optional.of(e);
      }
    }
    refused.ifPresent(
        e -> {
          throw kafkaMissing(e);
        });
  }

  /**
   * BigQuery, if one of the contracts exports. Only an emulator is asked; the real service is
   * reached by the exporter itself.
   *
   * @throws ServiceMissing when the emulator does not answer
   */
  public void bigQuery(Collection<DataContract> contracts) {
    if (contracts.stream()
        .flatMap(contract -> contract.products().stream())
        .anyMatch(product -> product.export().isPresent())) {
      config.bigquery().endpoint().ifPresent(RequireServices::connect);
    }
  }

  private static void connect(String endpoint) {
    URI uri = URI.create(endpoint);
    int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    try {
      connect(uri.getHost(), port);
    } catch (IOException e) {
      throw new ServiceMissing("BigQuery", endpoint, "bigquery.endpoint", e);
    }
  }

  private static void connect(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
    }
  }

  private ServiceMissing kafkaMissing(Throwable cause) {
    return new ServiceMissing("Kafka", config.kafka().bootstrap(), "kafka.bootstrap", cause);
  }

  private Properties clientProperties() {
    Properties properties = new Properties();
    properties.putAll(config.kafka().options());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrap());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    return properties;
  }

  private static Throwable cause(Exception e) {
    return e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
  }
}
