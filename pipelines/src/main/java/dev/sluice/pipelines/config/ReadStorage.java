package dev.sluice.pipelines.config;

import dev.sluice.pipelines.config.SluiceConfig.Storage;
import java.net.URI;
import java.util.Optional;

/** Reads the section {@code storage}. */
final class ReadStorage {
  private final ReadKeys.ReadReference references;

  ReadStorage(ReadKeys.ReadReference references) {
    this.references = references;
  }

  Storage from(ConfigSection in) {
    Optional<URI> endpoint = in.optional("endpoint").flatMap(text -> endpoint(in, text));
    Optional<SecretReference> access = reference(in, "accessKeyRef");
    Optional<SecretReference> secret = reference(in, "secretKeyRef");
    if (access.isPresent() != secret.isPresent()) {
      in.wrong(
          access.isPresent() ? "secretKeyRef" : "accessKeyRef",
          "is missing beside the other; give both, or neither for the machine's own identity");
    }
    return new Storage(
        endpoint, in.optional("region"), in.flag("pathStyle", false), access, secret);
  }

  private static Optional<URI> endpoint(ConfigSection in, String text) {
    Optional<URI> endpoint =
        ConfigSection.uri(text)
            .filter(
                uri -> uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?"))
            .filter(uri -> uri.getRawUserInfo() == null && uri.getRawQuery() == null);
    if (endpoint.isEmpty()) {
      in.wrong("endpoint", "must be http(s)://host:port, without user, password or query");
    }
    return endpoint;
  }

  private Optional<SecretReference> reference(ConfigSection in, String key) {
    return in.optional(key).map(text -> references.read(in, key, text));
  }
}
