package dev.sluice.pipelines.session;

import dev.sluice.pipelines.config.SecretMissing;
import dev.sluice.pipelines.config.SecretReference;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * The keys of an S3 store, read where they are used, on the driver and on each executor; Hadoop's
 * configuration, and so Spark's, holds only where they are. Hadoop makes it by name.
 */
public final class ReferencedS3Keys implements AwsCredentialsProvider {
  static final String ACCESS = "sluice.s3a.access-key-ref";
  static final String SECRET = "sluice.s3a.secret-key-ref";

  private final SecretReference access;
  private final SecretReference secret;

  /** As Hadoop calls it: with the address of the file system, which plays no part. */
  public ReferencedS3Keys(@Nullable URI fileSystem, Configuration hadoop) {
    this.access = reference(hadoop, ACCESS);
    this.secret = reference(hadoop, SECRET);
  }

  /** Read at each call, so that keys may be replaced under a running job. */
  @Override
  public AwsCredentials resolveCredentials() {
    return AwsBasicCredentials.create(access.resolve(), secret.resolve());
  }

  private static SecretReference reference(Configuration hadoop, String key) {
    String text = hadoop.get(key);
    if (text == null) {
      throw new SecretMissing("Hadoop's configuration has no " + key, "storage." + key);
    }
    return new SecretReference(text);
  }

  @Override
  public String toString() {
    return "ReferencedS3Keys[" + access + ", " + secret + "]";
  }
}
