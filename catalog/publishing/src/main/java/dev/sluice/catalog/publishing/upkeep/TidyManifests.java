package dev.sluice.catalog.publishing.upkeep;

import java.util.List;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.actions.RewriteManifests;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/** Puts manifests together when planning a scan has to read many small ones. */
final class TidyManifests {
  private static final int MANY = 20;

  private final Table table;

  TidyManifests(Table table) {
    this.table = table;
  }

  /** How many manifests main has. */
  long count() {
    return manifests().size();
  }

  /** Whether there are many, and at least twice as many as their size asks for. */
  boolean isNeeded() {
    List<ManifestFile> manifests = manifests();
    long bytes = manifests.stream().mapToLong(ManifestFile::length).sum();
    long enough = 1 + bytes / TableProperties.MANIFEST_TARGET_SIZE_BYTES_DEFAULT;
    return manifests.size() > MANY && manifests.size() > 2 * enough;
  }

  /** Rewrites them; returns how many were replaced. */
  long rewrite(SparkSession spark) {
    RewriteManifests.Result result = SparkActions.get(spark).rewriteManifests(table).execute();
    long replaced = 0;
    for (ManifestFile unused : result.rewrittenManifests()) {
      replaced++;
    }
    return replaced;
  }

  private List<ManifestFile> manifests() {
    Snapshot main = table.currentSnapshot();
    return main == null ? List.of() : main.allManifests(table.io());
  }
}
