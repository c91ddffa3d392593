package dev.sluice.pipelines.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Lets Kafka's clients read secret options themselves, on the driver and on executors (KIP-297,
 * KIP-421), so that plans, conf and event logs hold {@code ${sluice:file:/path}} and never a value.
 * The clients make it by name.
 */
public final class SecretOptions implements ConfigProvider {
  private static final String NAME = "sluice";

  /** Options that stand for secrets, and those that tell the client who reads them. */
  static Map<String, String> of(Map<String, SecretReference> secrets) {
    Map<String, String> options = new TreeMap<>();
    secrets.forEach((key, secret) -> options.put(key, "${" + NAME + ":" + secret.text() + "}"));
    if (!options.isEmpty()) {
      options.put("config.providers", NAME);
      options.put("config.providers." + NAME + ".class", SecretOptions.class.getName());
    }
    return options;
  }

  @Override
  public ConfigData get(String scheme) {
    throw new ConfigException("Expected ${sluice:file:<path>} or ${sluice:env:<NAME>}");
  }

  /** Kafka splits {@code file:/path} at its first colon. */
  @Override
  public ConfigData get(String scheme, Set<String> places) {
    Map<String, String> found = new TreeMap<>();
    places.forEach(place -> found.put(place, new SecretReference(scheme + ":" + place).resolve()));
    return new ConfigData(found);
  }

  @Override
  public void configure(Map<String, ?> options) {}

  @Override
  public void close() {}
}
