package dev.sluice.refined.export;

import com.google.cloud.bigquery.Field;
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
   * What must stay the same for the column to be the same: field ids, nested ones too, and type.
   */
  String identity() {
    return iceberg.fieldId() + ":" + iceberg.type();
  }
}
