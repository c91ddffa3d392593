package dev.sluice.catalog.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a key of a transit engine is found, in OpenBao or HashiCorp Vault.
 *
 * @param address for example {@code https://vault.example.internal:8200}
 * @param mount where the engine is mounted, for example {@code transit}
 * @param name the key's name in the engine
 * @param token where the client's token is kept: {@code file:<path>} or {@code env:<NAME>}
 * @param namespace of the service, for installations that have them
 */
public record TransitKey(
    URI address, String mount, String name, String token, Optional<String> namespace) {
  static final String SCHEME = "transit:";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*");
  private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]+){3}|localhost|\\[::1]");

  public TransitKey {
    if (!isSafe(address)) {
      throw new KeyRefused(
          "Expected the key service as https://host:port (http only on this machine, because a"
              + " token travels with each request); got another form. Correct keys.address.");
    }
    if (!PATH.matcher(mount).matches() || !NAME.matcher(name).matches()) {
      throw new KeyRefused(
          "Expected letters, digits and _.- in the mount and the name of a transit key; got '"
              + mount
              + "' and '"
              + name
              + "'. Correct keys.mount and keys.key.");
    }
    if (namespace.isPresent() && !PATH.matcher(namespace.get()).matches()) {
      throw new KeyRefused("Expected letters, digits and _.-/ in keys.namespace; got others.");
    }
    ServiceToken.check(token);
  }

  /** Whether a token may be sent to this address. */
  public static boolean isSafe(URI address) {
    String host = address.getHost();
    boolean plain = address.getRawQuery() == null && address.getRawUserInfo() == null;
    return host != null
        && plain
        && ("https".equals(address.getScheme())
            || "http".equals(address.getScheme()) && LOOPBACK.matcher(host).matches());
  }

  /** The text that {@link #parse} reads; it travels with wrapped keysets. */
  public String text() {
    return SCHEME
        + address
        + "?mount="
        + encoded(mount)
        + "&key="
        + encoded(name)
        + "&token="
        + encoded(token)
        + namespace.map(n -> "&namespace=" + encoded(n)).orElse("");
  }

  static TransitKey parse(String text) {
    String[] parts = text.substring(SCHEME.length()).split("\\?", 2);
    Map<String, String> values = new HashMap<>();
    for (String pair : (parts.length == 2 ? parts[1] : "").split("&", -1)) {
      String[] sides = pair.split("=", 2);
      values.put(sides[0], sides.length == 2 ? URLDecoder.decode(sides[1], UTF_8) : "");
    }
    return new TransitKey(
        URI.create(parts[0]),
        values.getOrDefault("mount", ""),
        values.getOrDefault("key", ""),
        values.getOrDefault("token", ""),
        Optional.ofNullable(values.get("namespace")));
  }

  /** The address of an operation on the key. */
  URI operation(String what) {
    String base = address.toString();
    return URI.create(
        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
            + "/v1/"
            + mount
            + "/"
            + what
            + "/"
            + name);
  }

  /** For messages: which key of which service. */
  @Override
  public String toString() {
    return "key " + name + " of " + mount + " at " + address;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
