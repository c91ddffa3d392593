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

  /** Whether a lease of this name keeps others away from a data set, whichever step holds it. */
  public static boolean isLeaseOf(String lease, String contract, TenantId tenant) {
    String[] parts = lease.split("/", -1);
    return parts.length == 4 && parts[1].equals(contract) && parts[3].equals(tenant.name());
  }

  @Override
  public String toString() {
    return step + " " + dataSet + " (" + tenant + ")";
  }
}
