package dev.sluice.catalog.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same contract on a real OpenBao (or HashiCorp Vault): {@code SLUICE_BAO} names its program.
 * Its development server keeps all in memory.
 */
@EnabledIfEnvironmentVariable(named = "SLUICE_BAO", matches = ".+")
class OpenBaoTest extends KekClientContract {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String ROOT = "root-" + UUID.randomUUID();

  @TempDir static Path folder;
  private static URI address;
  private static Process server;

  @BeforeAll
  static void start() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    address = URI.create("http://127.0.0.1:" + port);
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getenv("SLUICE_BAO"),
            "server",
            "-dev",
            "-dev-no-store-token",
            "-dev-listen-address=127.0.0.1:" + port);
    builder.environment().put("BAO_DEV_ROOT_TOKEN_ID", ROOT);
    builder.environment().put("VAULT_DEV_ROOT_TOKEN_ID", ROOT);
    builder.environment().put("HOME", folder.toString());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    server = builder.start();
    awaitHealthy();
    root("POST", "sys/mounts/transit", "{\"type\":\"transit\"}");
    for (String key : List.of("sluice-city", "sluice-airports")) {
      root("POST", "transit/keys/" + key, "{\"type\":\"aes256-gcm96\"}");
    }
    root(
        "PUT",
        "sys/policies/acl/sluice-city",
        "{\"policy\":\"path \\\"transit/+/sluice-city\\\" { capabilities = [\\\"update\\\"] }\"}");
    String login = root("POST", "auth/token/create", "{\"policies\":[\"sluice-city\"]}");
    Files.writeString(
        folder.resolve("city-token"),
        login.replaceAll("(?s).*\"client_token\":\"([^\"]+)\".*", "$1"));
    Files.writeString(folder.resolve("root-token"), ROOT);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    server.destroy();
    if (!server.waitFor(10, TimeUnit.SECONDS)) {
      server.destroyForcibly();
    }
  }

  @Test
  void aTokenOpensOnlyWhatItsPolicyAllows() {
    assertThatThrownBy(() -> kek("sluice-airports", "city-token").wrap(new byte[1], new byte[1]))
        .isInstanceOf(KeyRefused.class)
        .hasMessageContaining("403");
  }

  @Test
  void aMisspeltKeyIsRefusedRatherThanMade() {
    assertThatThrownBy(() -> kek("sluice-ciyt", "city-token").wrap(new byte[1], new byte[1]))
        .isInstanceOf(KeyRefused.class);
  }

  @Test
  void whatWasWrappedBeforeARotationOpensAfterIt() throws Exception {
    byte[] wrapped = kek().wrap(new byte[] {7}, new byte[] {1});

    root("POST", "transit/keys/sluice-city/rotate", "{}");

    assertThat(kek().unwrap(wrapped, new byte[] {1})).containsExactly(7);
    assertThat(new String(kek().wrap(new byte[] {7}, new byte[] {1}))).doesNotStartWith("vault:v1");
  }

  @Override
  KekClient kek() {
    return KekReference.open(reference());
  }

  @Override
  KekClient other() {
    return kek("sluice-airports", "root-token");
  }

  @Override
  String reference() {
    return key("sluice-city", "city-token").text();
  }

  private static KekClient kek(String name, String token) {
    return new TransitKek(key(name, token));
  }

  private static TransitKey key(String name, String token) {
    return new TransitKey(
        address, "transit", name, "file:" + folder.resolve(token), Optional.empty());
  }

  private static void awaitHealthy() throws Exception {
    Instant limit = Instant.now().plus(Duration.ofSeconds(300));
    while (true) {
      try {
        root("GET", "sys/health", "");
        return;
      } catch (IOException e) {
        if (!server.isAlive() || Instant.now().isAfter(limit)) {
          throw new IOException(Files.readString(folder.resolve("log")), e);
        }
        server.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static String root(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
            .header("X-Vault-Token", ROOT)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + " answered " + answer.statusCode());
    }
    return answer.body();
  }
}
