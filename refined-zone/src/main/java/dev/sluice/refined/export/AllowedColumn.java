package dev.sluice.refined.export;

import com.google.cloud.bigquery.Field;
import java.util.Map;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * One column that leaves.
 *
 * @param iceberg the refined table's column
 * @param field BigQuery's column
 */
record AllowedColumn(NestedField iceberg, Field field) {
  String name() {
    return iceberg.name();
  }

  /**
   * Adds what must stay the same for the column to be the same: field id and BigQuery's type, of
   * the column and of each of its parts, by path.
   */
  void identify(Map<String, String> identities) {
    identify(name(), iceberg, field, identities);
  }

  /**
   * Whether this is the column's identity as heads once had it: with Iceberg's type, all in one.
   */
  boolean isOldIdentity(String identity) {
    return identity.equals(iceberg.fieldId() + ":" + iceberg.type());
  }

  private static void identify(
      String path, NestedField iceberg, Field field, Map<String, String> identities) {
    identities.put(path, identity(iceberg, field));
    Type type = iceberg.type();
    Type whole = type.isListType() ? type.asListType().elementType() : type;
    if (whole.isStructType()) {
      for (NestedField part : whole.asStructType().fields()) {
        identify(path + "." + part.name(), part, field.getSubFields().get(part.name()), identities);
      }
    }
  }

  private static String identity(NestedField iceberg, Field field) {
    return iceberg.fieldId() + ":" + TargetColumns.type(field);
  }
}
