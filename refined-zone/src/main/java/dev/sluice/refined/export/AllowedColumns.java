package dev.sluice.refined.export;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.Product;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The columns that leave, in the policy's order. A column is known by its Iceberg field id, so one
 * that took over an allowed name is another column and does not leave.
 */
record AllowedColumns(List<AllowedColumn> columns, AllowedColumn partition) {
  AllowedColumns {
    columns = List.copyOf(columns);
  }

  /** The policy's columns as they are in the table. */
  static AllowedColumns of(
      Product product, ExportPolicy policy, org.apache.iceberg.Schema refined) {
    List<AllowedColumn> columns = new ArrayList<>();
    for (String name : policy.columns()) {
      NestedField field = refined.asStruct().field(name);
      if (field == null) {
        throw ExportRefused.setup(
            "Column "
                + name
                + " may leave by the policy but the refined table has none such. Apply the"
                + " contract, or correct its export policy");
      }
      columns.add(new AllowedColumn(field, BigQueryTypes.field(name, name, field.type())));
    }
    AllowedColumn partition =
        columns.stream()
            .filter(column -> column.name().equals(product.partition()))
            .findFirst()
            .orElseThrow(
                () ->
                    ExportRefused.setup(
                        "The partition column "
                            + product.partition()
                            + " must be among the exported columns"));
    return new AllowedColumns(columns, partition);
  }

  List<String> names() {
    return columns.stream().map(AllowedColumn::name).toList();
  }

  Schema schema() {
    return Schema.of(columns.stream().map(AllowedColumn::field).toArray(Field[]::new));
  }

  /** Field id and type by path, for the exported head. */
  Map<String, String> identities() {
    Map<String, String> identities = new TreeMap<>();
    columns.forEach(column -> column.identify(identities));
    return identities;
  }

  /** Whether the earlier exports sent these columns, with these parts, and no other. */
  boolean areThose(Map<String, String> exported) {
    return exported.keySet().equals(identities().keySet());
  }

  /**
   * Refuses when a column, or a part of one, is not what the earlier exports sent under its name.
   * Columns may come and go, and parts may come.
   *
   * @param table for the message
   */
  void mustBe(Map<String, String> exported, String table) {
    Map<String, String> now = identities();
    List<String> differences = new ArrayList<>();
    for (AllowedColumn column : columns) {
      if (column.isOldIdentity(exported.getOrDefault(column.name(), ""))) {
        continue;
      }
      exported.forEach(
          (path, identity) -> {
            boolean mine = path.equals(column.name()) || path.startsWith(column.name() + ".");
            if (mine && !identity.equals(now.get(path))) {
              differences.add(
                  path + " was field " + identity + " and is " + now.getOrDefault(path, "gone"));
            }
          });
    }
    if (!differences.isEmpty()) {
      throw ExportRefused.setup(
          "The columns of "
              + table
              + " are not those of the earlier exports: "
              + String.join("; ", differences)
              + ". What has another id or type is another column. If it may leave, drop the table "
              + table
              + " in BigQuery: the next export makes it again and fills it");
    }
  }

  /** Those of them that have one of these names. */
  AllowedColumns among(Collection<String> names) {
    return new AllowedColumns(
        columns.stream().filter(column -> names.contains(column.name())).toList(), partition);
  }
}
