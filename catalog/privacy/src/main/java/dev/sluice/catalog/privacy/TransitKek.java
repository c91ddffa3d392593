package dev.sluice.catalog.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;

/**
 * A key of a transit engine (OpenBao, HashiCorp Vault): the key stays there, the service encrypts
 * and decrypts with the context as associated data. Two requests of its documented HTTP API are
 * used, {@code POST /v1/<mount>/encrypt/<key>} and {@code .../decrypt/<key>}; redirects are not
 * followed, since the token would go with them.
 */
final class TransitKek implements KekClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final TransitKey key;

  TransitKek(TransitKey key) {
    this.key = key;
  }

  @Override
  public byte[] wrap(byte[] clear, byte[] context) {
    ObjectNode asked = JSON.createObjectNode().put("plaintext", base64(clear));
    String wrapped = ask("encrypt", asked, context, "ciphertext");
    if (!wrapped.startsWith("vault:v")) {
      throw unexpected("encrypt");
    }
    return wrapped.getBytes(UTF_8);
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] context) {
    ObjectNode asked = JSON.createObjectNode().put("ciphertext", new String(wrapped, UTF_8));
    try {
      return Base64.getDecoder().decode(ask("decrypt", asked, context, "plaintext"));
    } catch (IllegalArgumentException e) {
      throw unexpected("decrypt");
    }
  }

  private String ask(String operation, ObjectNode asked, byte[] context, String wanted) {
    HttpResponse<String> answer =
        send(operation, asked.put("associated_data", base64(context)).toString());
    if (answer.statusCode() != 200) {
      throw refused(operation, answer.statusCode());
    }
    try {
      JsonNode found = JSON.readTree(answer.body()).path("data").path(wanted);
      if (found.isTextual()) {
        return found.textValue();
      }
    } catch (IOException e) {
      // falls through: what came is not repeated, it may be a key
    }
    throw unexpected(operation);
  }

  private HttpResponse<String> send(String operation, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(key.operation(operation))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("X-Vault-Request", "true")
            .header("X-Vault-Token", ServiceToken.resolve(key.token()))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    key.namespace().ifPresent(namespace -> request.header("X-Vault-Namespace", namespace));
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new KeyServiceMissing(
          "Expected the key service to answer for "
              + key
              + "; it did not ("
              + e.getClass().getSimpleName()
              + "). Check keys.address, and that this machine may reach it"
              + " (docs/runbooks/keys.md).",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyServiceMissing("Interrupted while waiting for the key service.", e);
    }
  }

  private RuntimeException refused(String operation, int status) {
    String what = "The key service answered " + status + " to " + operation + " with " + key + ". ";
    return switch (status) {
      case 400 ->
          new KeyRefused(
              what
                  + "The bytes belong to another key, tenant, purpose or version, or were changed;"
                  + " or the key's type knows no associated data (expected aes256-gcm96).");
      case 401, 403 ->
          new KeyRefused(
              what
                  + "The token is wrong, expired or not allowed; its policy needs 'update' on "
                  + key.mount()
                  + "/encrypt/"
                  + key.name()
                  + " and .../decrypt/"
                  + key.name()
                  + " (docs/runbooks/keys.md).");
      case 404 ->
          new KeyRefused(what + "There is no such engine or key; see docs/runbooks/keys.md.");
      default ->
          status == 429 || status == 412 || status >= 500
              ? new KeyServiceMissing(
                  what + "It is sealed, overloaded or failing; try again (docs/runbooks/keys.md).")
              : new KeyRefused(what + "Expected 200; check keys.address and keys.mount.");
    };
  }

  private KeyRefused unexpected(String operation) {
    return new KeyRefused(
        "Expected the answer of a transit engine to "
            + operation
            + " with "
            + key
            + "; got another form. Check keys.address and keys.mount.");
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
