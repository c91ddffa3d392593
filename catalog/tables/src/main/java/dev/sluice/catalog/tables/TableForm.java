package dev.sluice.catalog.tables;

import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * What a contract says one of its tables is.
 *
 * @param declaredAs the contract's name of it; migrations go by it
 * @param properties those that the table is made with
 * @param parts what is declared beside columns and layout, see {@code DeclaredParts}
 */
record TableForm(
    TableIdentifier identifier,
    String declaredAs,
    Schema schema,
    PartitionSpec spec,
    SortOrder order,
    Map<String, String> properties,
    Map<String, String> parts) {

  TableForm {
    properties = Map.copyOf(properties);
    parts = Map.copyOf(parts);
  }

  String contractVersion() {
    return properties.getOrDefault(GovernedTables.CONTRACT_VERSION, "");
  }
}
