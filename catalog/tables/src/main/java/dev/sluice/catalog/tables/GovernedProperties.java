package dev.sluice.catalog.tables;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.DataContract;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The properties that every governed table starts with. */
final class GovernedProperties {
  static final String METRICS = "write.metadata.metrics.column.";
  private final Map<String, String> properties =
      new TreeMap<>(
          Map.of(
              "format-version",
              "2",
              "write.format.default",
              "parquet",
              "write.parquet.compression-codec",
              "zstd",
              "write.delete.mode",
              "copy-on-write",
              "write.update.mode",
              "copy-on-write",
              "write.merge.mode",
              "copy-on-write",
              "write.metadata.delete-after-commit.enabled",
              "true",
              "write.metadata.previous-versions-max",
              "100",
              GovernedTables.GOVERNED,
              "true"));

  GovernedProperties(DataContract contract) {
    properties.put(GovernedTables.CONTRACT, contract.id());
    properties.put(GovernedTables.CONTRACT_VERSION, contract.version());
  }

  /** How Spark spreads rows over tasks before it writes: {@code none} or {@code hash}. */
  GovernedProperties distributed(String mode) {
    properties.put("write.distribution-mode", mode);
    return this;
  }

  /** Keeps counts and bounds of these columns out of the manifests. */
  GovernedProperties withoutMetrics(List<String> columns) {
    columns.forEach(c -> properties.put(METRICS + c, "none"));
    return this;
  }

  /** Notes what is declared beside the columns. */
  GovernedProperties declaring(Map<String, String> parts) {
    if (!parts.isEmpty()) {
      properties.put(GovernedTables.DECLARED, PartsText.write(parts));
    }
    return this;
  }

  Map<String, String> asMap() {
    return Map.copyOf(properties);
  }

  /** Whether bounds of such a column would tell about people. */
  static boolean isConcealed(Classification classification) {
    return switch (classification) {
      case PERSONAL, SENSITIVE -> true;
      case OPEN, KEY, QUASI -> false;
    };
  }
}
