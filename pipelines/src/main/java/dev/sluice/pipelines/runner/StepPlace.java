package dev.sluice.pipelines.runner;

import dev.sluice.catalog.contract.TenantId;

/**
 * What one job works on.
 *
 * @param step {@code land}, {@code land-files}, {@code promote}, {@code reference}, {@code refine},
 *     {@code export}, {@code backfill}, {@code maintain} or {@code lifecycle}
 * @param dataSet the contract's id, the name of a product, of reference data or of a table
 */
public record StepPlace(String step, String contract, String dataSet, TenantId tenant) {
  /** Name of the lease that keeps a second instance away. */
  public String lease() {
    return step + "/" + contract + "/" + dataSet + "/" + tenant.name();
  }

  @Override
  public String toString() {
    return step + " " + dataSet + " (" + tenant + ")";
  }
}
