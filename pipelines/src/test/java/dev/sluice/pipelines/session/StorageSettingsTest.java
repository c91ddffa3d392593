package dev.sluice.pipelines.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.pipelines.config.ReadConfig;
import dev.sluice.pipelines.config.SecretMissing;
import dev.sluice.pipelines.config.SluiceConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

class StorageSettingsTest {
  @TempDir private Path folder;

  @Test
  void hadoopLearnsWhereTheKeysAreAndNothingElseOfThem() throws IOException {
    Path secret = Files.writeString(folder.resolve("s3-secret"), "pale-heron-5\n");

    Map<String, String> settings = StorageSettings.of(production(secret));

    assertThat(settings)
        .containsEntry("fs.s3a.endpoint", "https://s3.example.internal")
        .containsEntry("fs.s3a.connection.ssl.enabled", "true")
        .containsEntry("fs.s3a.path.style.access", "true")
        .containsEntry("fs.s3a.aws.credentials.provider", ReferencedS3Keys.class.getName())
        .containsEntry(ReferencedS3Keys.SECRET, "file:" + secret);
    assertThat(settings.values()).noneMatch(value -> value.contains("pale-heron-5"));
  }

  @Test
  void theKeysAreReadAnewEachTimeTheyAreUsed() throws IOException {
    Path secret = Files.writeString(folder.resolve("s3-secret"), "pale-heron-5\n");
    Configuration hadoop = new Configuration(false);
    StorageSettings.of(production(secret)).forEach(hadoop::set);
    hadoop.set(ReferencedS3Keys.ACCESS, "file:" + Files.writeString(folder.resolve("id"), "me"));
    ReferencedS3Keys keys = new ReferencedS3Keys(null, hadoop);

    AwsCredentials first = keys.resolveCredentials();
    Files.writeString(secret, "grey-heron-6\n");
    AwsCredentials second = keys.resolveCredentials();

    assertThat(first.accessKeyId()).isEqualTo("me");
    assertThat(first.secretAccessKey()).isEqualTo("pale-heron-5");
    assertThat(second.secretAccessKey()).isEqualTo("grey-heron-6");
    assertThat(keys.toString()).contains(secret.toString()).doesNotContain("heron-5");
  }

  @Test
  void aMissingKeyIsNamedByItsReference() throws IOException {
    Configuration hadoop = new Configuration(false);
    StorageSettings.of(production(folder.resolve("nowhere"))).forEach(hadoop::set);
    hadoop.set(ReferencedS3Keys.ACCESS, "env:PATH");

    assertThatThrownBy(() -> new ReferencedS3Keys(null, hadoop).resolveCredentials())
        .isInstanceOf(SecretMissing.class)
        .hasMessageContaining(folder.resolve("nowhere").toString());
  }

  private SluiceConfig production(Path secret) throws IOException {
    try (InputStream in = ReadConfig.class.getResourceAsStream("production.sluice.yaml")) {
      String text =
          new String(in.readAllBytes())
              .replace(
                  "secretKeyRef: file:/run/secrets/sluice/s3-secret",
                  "secretKeyRef: file:" + secret);
      return ReadConfig.from(Files.writeString(folder.resolve("sluice.yaml"), text));
    }
  }
}
