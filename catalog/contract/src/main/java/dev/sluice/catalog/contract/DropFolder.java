package dev.sluice.catalog.contract;

import java.time.Duration;

/**
 * A folder into which a source drops files.
 *
 * @param template path or URI with {@code ${TENANT}} for the tenant and, at its begin, {@code
 *     ${DROP}} for the folder that an installation keeps for drops
 * @param csv how CSV files are written; of no effect for other formats
 * @param settle how long a file must have stayed as it is before it is read
 */
public record DropFolder(String template, FileFormat format, CsvForm csv, Duration settle) {
  /** Stands in a template for the installation's folder for drops. */
  public static final String DROP = "${DROP}";

  /** How files are written. */
  public enum FileFormat {
    /** One JSON object a line. */
    NDJSON,
    CSV,
    /** Avro object container files. */
    AVRO,
    PARQUET
  }

  /**
   * Where a tenant's files lie.
   *
   * @param drop what {@link #DROP} stands for, a path or URI without a slash at its end
   */
  public String location(TenantId tenant, String drop) {
    return template.replace(DROP, drop).replace("${TENANT}", tenant.name());
  }
}
