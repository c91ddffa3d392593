package dev.sluice.pipelines.config;

import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.privacy.KeyRefused;
import dev.sluice.catalog.privacy.TransitKey;
import dev.sluice.pipelines.config.SluiceConfig.KeyFiles;
import dev.sluice.pipelines.config.SluiceConfig.KeyService;
import dev.sluice.pipelines.config.SluiceConfig.Keys;
import dev.sluice.pipelines.config.SluiceConfig.Profile;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Reads the section {@code keys}: files on a laptop, a key service in production. */
final class ReadKeys {
  private static final String DEFAULT_KEY = "sluice-${TENANT}";

  private final Function<String, Path> paths;
  private final ReadReference references;

  ReadKeys(Function<String, Path> paths, ReadReference references) {
    this.paths = paths;
    this.references = references;
  }

  /** Reads a reference to a secret under a key of a section. */
  @FunctionalInterface
  interface ReadReference {
    SecretReference read(ConfigSection in, String key, String text);
  }

  Keys from(ConfigSection in, Profile profile) {
    if (in.has("folder")) {
      if (profile == Profile.PRODUCTION) {
        in.wrong(
            "folder",
            "names key files, which the production profile refuses; give keys.service (transit),"
                + " keys.address and keys.tokenRef");
      }
      return new KeyFiles(paths.apply(in.text("folder", "a folder for the tenants' keysets")));
    }
    if (profile == Profile.EMBEDDED && !in.has("service")) {
      return new KeyFiles(paths.apply(in.text("folder", "a folder for the tenants' keysets")));
    }
    return service(in);
  }

  private KeyService service(ConfigSection in) {
    String service = in.text("service", "transit (OpenBao or HashiCorp Vault)");
    if (!service.isEmpty() && !service.equals("transit")) {
      in.malformed("service", "transit (OpenBao or HashiCorp Vault)", service);
    }
    String key = in.optional("key").orElse(DEFAULT_KEY);
    if (!key.contains("${TENANT}")) {
      in.malformed("key", "a name with ${TENANT} in it: each tenant has a key of its own", key);
    }
    KeyService read =
        new KeyService(
            address(in),
            in.optional("mount").orElse("transit"),
            key,
            references.read(in, "tokenRef", in.text("tokenRef", "file:<path> or env:<NAME>")),
            in.optional("namespace"));
    check(in, read);
    return read;
  }

  private static URI address(ConfigSection in) {
    String text = in.text("address", "https://host:port of the key service");
    Optional<URI> address = ConfigSection.uri(text).filter(TransitKey::isSafe);
    if (address.isEmpty() && !text.isEmpty()) {
      in.wrong(
          "address",
          "must be https://host:port (http only on this machine, because a token travels with each"
              + " request)");
    }
    return address.orElse(URI.create("https://missing.invalid"));
  }

  private static void check(ConfigSection in, KeyService read) {
    try {
      TransitKey unused = read.of(new TenantId("city"));
    } catch (KeyRefused e) {
      in.wrong("key", "or keys.mount or keys.namespace: " + e.getMessage());
    }
  }
}
