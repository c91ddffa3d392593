package dev.sluice.pipelines.session;

import dev.sluice.pipelines.config.SluiceConfig;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Hadoop needs to know to reach the warehouse; the keys of S3 by reference only. Names are
 * Hadoop's, without {@code spark.hadoop.} in front.
 */
public final class StorageSettings {
  private StorageSettings() {}

  /** The settings, by Hadoop's names. */
  public static Map<String, String> of(SluiceConfig config) {
    Map<String, String> settings = new TreeMap<>();
    // or S3A would look for our key provider in the class loader that has hadoop-aws
    settings.put("fs.s3a.classloader.isolation", "false");
    config.storage().ifPresent(storage -> add(settings, storage));
    return settings;
  }

  private static void add(Map<String, String> settings, SluiceConfig.Storage storage) {
    storage
        .endpoint()
        .ifPresent(
            endpoint -> {
              settings.put("fs.s3a.endpoint", endpoint.toString());
              settings.put(
                  "fs.s3a.connection.ssl.enabled", "" + "https".equals(endpoint.getScheme()));
            });
    storage.region().ifPresent(region -> settings.put("fs.s3a.endpoint.region", region));
    settings.put("fs.s3a.path.style.access", "" + storage.pathStyle());
    if (storage.accessKeyRef().isPresent() && storage.secretKeyRef().isPresent()) {
      settings.put("fs.s3a.aws.credentials.provider", ReferencedS3Keys.class.getName());
      settings.put(ReferencedS3Keys.ACCESS, storage.accessKeyRef().get().text());
      settings.put(ReferencedS3Keys.SECRET, storage.secretKeyRef().get().text());
    }
  }
}
