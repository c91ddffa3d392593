package dev.sluice.pipelines.session;

import dev.sluice.catalog.tables.GuardedCatalog;
import dev.sluice.catalog.tables.PasswordReference;
import dev.sluice.pipelines.config.SluiceConfig;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The guarded catalog without Spark, for what needs metadata only. */
public final class OpenCatalog {
  private OpenCatalog() {}

  public static GuardedCatalog of(SluiceConfig config) {
    GuardedCatalog catalog = new GuardedCatalog();
    Configuration hadoop = new Configuration();
    StorageSettings.of(config).forEach(hadoop::set);
    config.spark().settings().entrySet().stream()
        .filter(setting -> setting.getKey().startsWith("spark.hadoop."))
        .forEach(
            setting ->
                hadoop.set(
                    setting.getKey().substring("spark.hadoop.".length()), setting.getValue()));
    catalog.setConf(hadoop);
    catalog.initialize(
        "lake",
        Map.of(
            "uri",
            config.postgres().url(),
            "jdbc.user",
            config.postgres().user(),
            PasswordReference.PROPERTY,
            config.postgres().passwordRef().text(),
            "jdbc.schema-version",
            "V1",
            "warehouse",
            config.warehouse()));
    return catalog;
  }
}
