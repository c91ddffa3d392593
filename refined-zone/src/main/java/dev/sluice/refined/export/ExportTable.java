package dev.sluice.refined.export;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.TableId;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import java.util.regex.Pattern;

/**
 * The names of one exported table on both sides. Every name that reaches BigQuery's SQL is checked
 * here; tenants and projects are checked by their own types.
 */
record ExportTable(String project, TenantId tenant, String product) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");
  private static final Pattern STAGING = Pattern.compile("_[0-9a-f]{8}_[0-9a-f]{8}");

  ExportTable {
    if (!NAME.matcher(product).matches()) {
      throw ExportRefused.setup(
          "An exported table's name is lower snake case of at most 100 characters; got '"
              + product
              + "'. Rename the product in its contract");
    }
  }

  /** {@code city_refined.detections}: the Iceberg table, its lane, and its name in BigQuery. */
  String name() {
    return Zone.REFINED.table(tenant, product);
  }

  DatasetId dataset() {
    return DatasetId.of(project, Zone.REFINED.namespace(tenant));
  }

  /** Heads, ledger and staging: not for analysts. */
  DatasetId operations() {
    return DatasetId.of(project, tenant.name() + "_ops");
  }

  TableId target() {
    return TableId.of(project, dataset().getDataset(), product);
  }

  TableId heads() {
    return TableId.of(project, operations().getDataset(), "_export_head");
  }

  TableId ledger() {
    return TableId.of(project, operations().getDataset(), "_export_ledger");
  }

  /** A staging table of its own for each export and content. */
  TableId staging(String exportHash, String contentHash) {
    return TableId.of(
        project,
        operations().getDataset(),
        "_stg_" + product + "_" + exportHash.substring(0, 8) + "_" + contentHash.substring(0, 8));
  }

  /** Whether a table of {@link #operations()} is a staging table of this product. */
  boolean isStaging(String table) {
    String start = "_stg_" + product;
    return table.startsWith(start) && STAGING.matcher(table.substring(start.length())).matches();
  }

  /** What lists the tables of {@link #operations()}, in SQL. */
  String tablesOfOperations() {
    return "`" + project + "." + operations().getDataset() + ".INFORMATION_SCHEMA.TABLES`";
  }

  static String sql(TableId table) {
    return "`" + table.getProject() + "." + table.getDataset() + "." + table.getTable() + "`";
  }

  /** A column in SQL; anything but a plain name is refused. */
  static String sql(String column) {
    if (!NAME.matcher(column).matches()) {
      throw ExportRefused.setup(
          "An exported column's name is lower snake case of at most 100 characters; got '"
              + column
              + "'");
    }
    return "`" + column + "`";
  }
}
