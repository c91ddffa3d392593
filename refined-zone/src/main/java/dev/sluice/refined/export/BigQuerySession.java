package dev.sluice.refined.export;

import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.http.HttpTransportOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.http.impl.client.HttpClientBuilder;

/**
 * One export's connection to BigQuery. Errors leave it without BigQuery's own text; every wait is
 * bounded.
 */
final class BigQuerySession {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int ATTEMPTS = 3;

  private final BigQueryTarget target;
  private final BigQuery client;
  private final EgressMeter meter = new EgressMeter();

  private BigQuerySession(BigQueryTarget target) {
    this.target = target;
    this.client = client(target, meter);
  }

  /**
   * Connects.
   *
   * @throws BigQueryUnavailable when nobody listens at an emulator's address
   */
  static BigQuerySession to(BigQueryTarget target) {
    target.endpoint().ifPresent(endpoint -> mustListen(target, endpoint));
    return new BigQuerySession(target);
  }

  BigQuery client() {
    return client;
  }

  String location() {
    return target.location();
  }

  /** Bytes of files sent so far. */
  long uploaded() {
    return meter.bytes();
  }

  JobId job(String id) {
    return JobId.newBuilder()
        .setProject(target.project())
        .setLocation(target.location())
        .setJob(id)
        .build();
  }

  /** The rows of a query that changes nothing and whose answer is small. */
  List<FieldValueList> rows(String act, String sql, Map<String, QueryParameterValue> parameters) {
    QueryJobConfiguration query =
        QueryJobConfiguration.newBuilder(sql)
            .setUseLegacySql(false)
            .setNamedParameters(parameters)
            .build();
    return ask(
        act,
        () -> {
          List<FieldValueList> rows = new ArrayList<>();
          client.query(query).iterateAll().forEach(rows::add);
          return rows;
        });
  }

  /**
   * Runs a request and turns its errors into ours. A broken connection is tried again: what is
   * asked can be asked twice, since jobs have ids of ours and what exists already counts as made.
   */
  <T> T ask(String act, Callable<T> request) {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return askOnce(act, request);
      } catch (BigQueryUnavailable e) {
        pause(act);
      }
    }
    return askOnce(act, request);
  }

  /** Waits a moment before the act is tried again. */
  static void pause(String act) {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for BigQuery to " + act, e);
    }
  }

  /** As {@link #ask}, for what must not go out twice. */
  <T> T askOnce(String act, Callable<T> request) {
    try {
      return request.call();
    } catch (BigQueryException e) {
      if (e.getCode() == 0 && e.getReason() == null && causedByConnection(e)) {
        throw new BigQueryUnavailable(target, "the connection broke");
      }
      throw BigQueryFailed.from(act, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for BigQuery to " + act, e);
    } catch (IOException e) {
      throw new BigQueryUnavailable(target, "the connection broke");
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(
          "BigQuery could not " + act + ": " + e.getClass().getSimpleName());
    }
  }

  private static boolean causedByConnection(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  private static BigQuery client(BigQueryTarget target, EgressMeter meter) {
    // the default transport sends PATCH as POST with an override header, which emulators refuse
    ApacheHttpTransport transport =
        new ApacheHttpTransport(
            HttpClientBuilder.create()
                .useSystemProperties()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .addInterceptorLast(meter)
                .build());
    BigQueryOptions.Builder options =
        BigQueryOptions.newBuilder()
            .setProjectId(target.project())
            .setLocation(target.location())
            .setTransportOptions(
                HttpTransportOptions.newBuilder()
                    .setHttpTransportFactory(() -> transport)
                    .setConnectTimeout(10_000)
                    .setReadTimeout(120_000)
                    .build())
            .setRetrySettings(
                RetrySettings.newBuilder()
                    .setInitialRetryDelayDuration(Duration.ofMillis(300))
                    .setRetryDelayMultiplier(2)
                    .setMaxRetryDelayDuration(Duration.ofSeconds(10))
                    .setMaxAttempts(6)
                    .setTotalTimeoutDuration(Duration.ofMinutes(3))
                    .build());
    if (target.endpoint().isPresent()) {
      options
          .setHost(target.endpoint().get().toString())
          .setCredentials(NoCredentials.getInstance());
    } else if (target.credentialsRef().isPresent()) {
      options.setCredentials(
          credentials(target.credentialsRef().get().substring("file:".length())));
    }
    return options.build().getService();
  }

  private static GoogleCredentials credentials(String file) {
    try (var in = Files.newInputStream(Path.of(file))) {
      return GoogleCredentials.fromStream(in);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected Google credentials in the file that bigquery.credentials names", e);
    }
  }

  private static void mustListen(BigQueryTarget target, URI endpoint) {
    int port = endpoint.getPort() > 0 ? endpoint.getPort() : 443;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.getHost(), port), (int) CONNECT.toMillis());
    } catch (IOException e) {
      throw new BigQueryUnavailable(target, "nobody listens there, so nothing was sent");
    }
  }
}
