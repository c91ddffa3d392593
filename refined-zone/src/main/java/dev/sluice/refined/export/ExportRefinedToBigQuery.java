package dev.sluice.refined.export;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import java.nio.file.Path;

/** Sends the changed, anonymised partitions of one refined table to BigQuery. */
public final class ExportRefinedToBigQuery {
  /**
   * @param scratch a folder for files between encoding and load; emptied of them at the end
   */
  public ExportRefinedToBigQuery(
      Lake lake,
      BigQueryTarget target,
      DataContract contract,
      TenantId tenant,
      Product product,
      EgressBudget budget,
      RunContext run,
      Path scratch) {}

  public JobOutcome run() {
    throw new UnsupportedOperationException();
  }

  public JobPlan plan() {
    throw new UnsupportedOperationException();
  }
}
