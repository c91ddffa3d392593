package dev.sluice.refined.export;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.Product;
import java.util.ArrayList;
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

  /** Name to field id and type, for the exported head. */
  Map<String, String> identities() {
    Map<String, String> identities = new TreeMap<>();
    columns.forEach(column -> identities.put(column.name(), column.identity()));
    return identities;
  }

  /** Refuses when these are not the columns that the earlier exports sent. */
  void mustBe(Map<String, String> exported) {
    if (exported.isEmpty() || exported.equals(identities())) {
      return;
    }
    Map<String, String> now = identities();
    List<String> differences = new ArrayList<>();
    exported.forEach(
        (name, before) -> {
          if (!before.equals(now.get(name))) {
            differences.add(
                name + " was field " + before + " and is " + now.getOrDefault(name, "not allowed"));
          }
        });
    now.keySet().stream()
        .filter(name -> !exported.containsKey(name))
        .forEach(name -> differences.add(name + " was not exported before"));
    throw ExportRefused.setup(
        "The columns that may leave are not those of the earlier exports: "
            + String.join("; ", differences)
            + ". A renamed or retyped column is another column: export it as a product of another"
            + " name");
  }

  /** Refuses a target that has other columns. */
  void mustFit(Schema target) {
    List<String> expected = columns.stream().map(column -> shape(column.field())).toList();
    List<String> found = target.getFields().stream().map(AllowedColumns::shape).toList();
    if (!expected.equals(found)) {
      throw ExportRefused.setup(
          "The table in BigQuery has the columns "
              + found
              + " but the export sends "
              + expected
              + ". Drop the table (it is made again and filled) or export under another name");
    }
  }

  private static String shape(Field field) {
    String parts =
        field.getSubFields() == null || field.getSubFields().isEmpty()
            ? ""
            : field.getSubFields().stream().map(AllowedColumns::shape).toList().toString();
    boolean repeated = field.getMode() == Field.Mode.REPEATED;
    return field.getName()
        + " "
        + field.getType().getStandardType()
        + parts
        + (repeated ? "[]" : "");
  }
}
