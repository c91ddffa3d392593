package dev.sluice.refined;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.change.ProductDefinition;
import dev.sluice.catalog.tables.Heads;
import org.apache.iceberg.Table;

/**
 * The definition under which all rows of a product's table were computed, kept as fingerprint in
 * the table. It is noted after the rows are published: a crash between the two computes them once
 * more.
 */
record ComputedUnder(Table table, Product product) {
  static final String PROPERTY = "sluice.computed";

  /** Whether rows stand there that another definition computed, or an unknown one. */
  boolean isOutdated() {
    return Heads.of(table).edition() > 0 && !isNoted();
  }

  /** Keeps that the rows are those of this definition. */
  void note() {
    table.refresh();
    if (!isNoted()) {
      table.updateProperties().set(PROPERTY, ProductDefinition.fingerprint(product)).commit();
    }
  }

  private boolean isNoted() {
    return ProductDefinition.fingerprint(product).equals(table.properties().get(PROPERTY));
  }
}
