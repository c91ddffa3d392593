package dev.sluice.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** The BigQuery emulator (local-bigquery), a Python process of its own. */
final class BigQueryEmulator implements Service {
  private static final Duration START_LIMIT = Duration.ofSeconds(300);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final long POLL_MILLIS = 100;

  private final Process process;
  private final String address;

  private BigQueryEmulator(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts the emulator and returns when it answers a request of the API with 200; any other answer
   * would make a broken start look healthy.
   *
   * @param venv Python environment with the locked requirements
   * @param script {@code serve.py}
   */
  static BigQueryEmulator start(HomeFolder home, Ports ports, Path venv, Path script)
      throws IOException, InterruptedException {
    Process process = launch(home, ports, venv, script);
    BigQueryEmulator emulator =
        new BigQueryEmulator(process, "http://127.0.0.1:" + ports.bigquery());
    try {
      emulator.awaitReady(home.log("bigquery"));
      return emulator;
    } catch (IOException | InterruptedException | RuntimeException e) {
      emulator.stop();
      throw e;
    }
  }

  @Override
  public String name() {
    return "BigQuery emulator";
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(process.pid());
  }

  @Override
  public CompletableFuture<?> ended() {
    return process.onExit();
  }

  @Override
  public void stop() {
    if (process.isAlive()) {
      Processes.end(process.toHandle(), "TERM", STOP_LIMIT);
    }
  }

  private static Process launch(HomeFolder home, Ports ports, Path venv, Path script)
      throws IOException {
    Path python = venv.resolve("bin").resolve("python");
    if (!Files.isExecutable(python)) {
      throw new IOException(
          "No Python environment for the BigQuery emulator at "
              + venv
              + ": run any ./sluice command that starts services, it makes the environment");
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            python.toString(),
            script.toString(),
            "--host=127.0.0.1",
            "--port=" + ports.bigquery(),
            "--grpc-port=" + ports.bigqueryGrpc(),
            "--project=" + ServicesFile.PROJECT,
            "--data-dir=" + home.bigquery().resolve("data"));
    Files.createDirectories(home.bigquery().resolve("home"));
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(java.util.Set.of("PATH", "LANG", "LD_LIBRARY_PATH"));
    environment.put("HOME", home.bigquery().resolve("home").toString());
    environment.put("TMPDIR", home.temporary().toString());
    environment.put("PYTHONUNBUFFERED", "1");
    builder.directory(home.bigquery().toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(home.log("bigquery").toFile()));
    // Its standard input stays open as long as this process lives: serve.py ends when it closes.
    builder.redirectInput(ProcessBuilder.Redirect.PIPE);
    return builder.start();
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(address + "/bigquery/v2/projects/" + ServicesFile.PROJECT + "/datasets"))
            .timeout(Duration.ofSeconds(60))
            .build();
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    String last = "no answer";
    while (System.nanoTime() < limit) {
      if (!process.isAlive()) {
        throw new IOException(
            "the BigQuery emulator ended with " + process.exitValue() + "; see " + log);
      }
      try {
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status == 200) {
          return;
        }
        last = "status " + status;
      } catch (IOException e) {
        last = e.toString();
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IOException(
        "the BigQuery emulator was not ready in "
            + START_LIMIT.toSeconds()
            + " s (last: "
            + last
            + "); see "
            + log);
  }
}
