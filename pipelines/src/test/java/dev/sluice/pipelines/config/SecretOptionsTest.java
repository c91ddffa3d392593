package dev.sluice.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretOptionsTest {
  @TempDir private Path folder;

  @Test
  void kafkasClientReadsTheSecretItself() throws IOException {
    Path file = Files.writeString(folder.resolve("trust word"), "pale-heron-9\n");

    Map<String, String> options =
        SecretOptions.of(
            Map.of(
                SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, new SecretReference("file:" + file),
                SslConfigs.SSL_KEY_PASSWORD_CONFIG, new SecretReference("env:PATH")));

    assertThat(options.values()).noneMatch(value -> value.contains("pale-heron-9"));
    ConsumerConfig config = new ConsumerConfig(complete(options));
    assertThat(config.getPassword(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG))
        .isEqualTo(new Password("pale-heron-9"));
    assertThat(config.getPassword(SslConfigs.SSL_KEY_PASSWORD_CONFIG))
        .isEqualTo(new Password(System.getenv("PATH")));
  }

  @Test
  void aMissingSecretIsNamedByItsReference() {
    Map<String, String> options =
        SecretOptions.of(Map.of("ssl.key.password", new SecretReference("file:/nowhere/word")));

    assertThatThrownBy(() -> new ConsumerConfig(complete(options)))
        .hasStackTraceContaining("file:/nowhere/word");
  }

  @Test
  void withoutSecretsNothingIsAdded() {
    assertThat(SecretOptions.of(Map.of())).isEmpty();
  }

  private static Map<String, Object> complete(Map<String, String> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    return all;
  }
}
