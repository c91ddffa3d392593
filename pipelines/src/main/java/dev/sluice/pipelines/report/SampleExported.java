package dev.sluice.pipelines.report;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.WireJobs;
import dev.sluice.pipelines.query.AskBigQuery;
import dev.sluice.refined.export.ReadExportedHead;
import java.util.ArrayList;
import java.util.List;

/** A few rows of each table that has been exported, as BigQuery has them. */
final class SampleExported {
  private static final int ROWS = 5;

  private final AskBigQuery bigQuery;
  private final ReadExportedHead heads;

  SampleExported(SluiceConfig config) {
    this.bigQuery = new AskBigQuery(config.bigquery());
    this.heads = new ReadExportedHead(WireJobs.target(config));
  }

  List<Report.Sample> of(DataContract contract, TenantId tenant) {
    List<Report.Sample> samples = new ArrayList<>();
    for (Product product : contract.products()) {
      if (product.export().isPresent() && heads.of(tenant, product).isPresent()) {
        samples.add(sample(Zone.REFINED.table(tenant, product.name())));
      }
    }
    return samples;
  }

  /** Names of tables are made of validated parts only. */
  private Report.Sample sample(String table) {
    try {
      return new Report.Sample(
          "exported", table, bigQuery.ask("SELECT * FROM `" + table + "` LIMIT " + ROWS, ROWS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking BigQuery", e);
    }
  }
}
