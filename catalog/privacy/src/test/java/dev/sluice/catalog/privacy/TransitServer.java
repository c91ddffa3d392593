package dev.sluice.catalog.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two requests of a transit engine's documented API that the product uses, for tests: keys of
 * type aes256-gcm96, mounted at {@code transit}, one token. Also a program for tests of several
 * processes.
 */
public final class TransitServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, SecretKeySpec> keys = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final HttpServer server;
  private final String token;
  private volatile int failsWith;
  private volatile boolean ignoresContext;

  public TransitServer(String token, String... keyNames) throws IOException {
    this.token = token;
    for (String name : keyNames) {
      byte[] key = new byte[32];
      RANDOM.nextBytes(key);
      keys.put(name, new SecretKeySpec(key, "AES"));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/v1/transit/", this::answer);
    server.start();
  }

  /** {@code <file for the address> <file with the token> <key name>...}; serves until killed. */
  public static void main(String[] arguments) throws IOException {
    String token = Files.readString(Path.of(arguments[1])).strip();
    TransitServer server =
        new TransitServer(token, Arrays.copyOfRange(arguments, 2, arguments.length));
    Path file = Path.of(arguments[0]);
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.writeString(draft, server.address().toString());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  int requests() {
    return requests.get();
  }

  /** From now on every request gets this status; 0 for none. */
  void failWith(int status) {
    failsWith = status;
  }

  /** Old engines take no associated data, and say nothing. */
  void ignoreContext() {
    ignoresContext = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    JsonNode asked = JSON.readTree(exchange.getRequestBody());
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    SecretKeySpec key = keys.get(path[4]);
    if (failsWith > 0) {
      send(exchange, failsWith, errors("as the test wants it"));
    } else if (!token.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))
        || key == null && path[3].equals("encrypt")) {
      send(exchange, 403, errors("permission denied"));
    } else if (key == null) {
      send(exchange, 400, errors("encryption key not found"));
    } else {
      serve(exchange, path[3], key, asked);
    }
  }

  private void serve(HttpExchange exchange, String operation, SecretKeySpec key, JsonNode asked)
      throws IOException {
    byte[] context = ignoresContext ? new byte[0] : bytes(asked.path("associated_data"));
    try {
      ObjectNode data = JSON.createObjectNode();
      if (operation.equals("encrypt")) {
        data.put("ciphertext", "vault:v1:" + encrypt(key, bytes(asked.path("plaintext")), context));
        data.put("key_version", 1);
      } else {
        String text = asked.path("ciphertext").asText().substring("vault:v1:".length());
        data.put("plaintext", decrypt(key, Base64.getDecoder().decode(text), context));
      }
      send(exchange, 200, JSON.createObjectNode().set("data", data));
    } catch (GeneralSecurityException | RuntimeException e) {
      send(exchange, 400, errors("cipher: message authentication failed"));
    }
  }

  private static String encrypt(SecretKeySpec key, byte[] clear, byte[] context)
      throws GeneralSecurityException {
    byte[] nonce = new byte[12];
    RANDOM.nextBytes(nonce);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(clear);
    byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
    return Base64.getEncoder().encodeToString(all);
  }

  private static String decrypt(SecretKeySpec key, byte[] all, byte[] context)
      throws GeneralSecurityException {
    byte[] nonce = Arrays.copyOf(all, 12);
    return Base64.getEncoder()
        .encodeToString(
            cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(all, 12, all.length - 12));
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, byte[] context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(128, nonce));
    cipher.updateAAD(context);
    return cipher;
  }

  private static byte[] bytes(JsonNode base64) {
    return Base64.getDecoder().decode(base64.asText());
  }

  private static JsonNode errors(String error) {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("errors").add(error);
    return root;
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
