package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.pipelines.registry.ContractVersions;
import dev.sluice.pipelines.runner.ExitCode;
import dev.sluice.pipelines.runner.RunSteps;
import dev.sluice.pipelines.runner.StepResult;
import java.util.List;

/**
 * Brings one data set of one tenant up to date once: create missing tables, land what is there,
 * promote, refresh reference data, refine, export. A step that does not end well stops what depends
 * on it.
 */
public final class RunDataSet {
  private final Lakehouse lakehouse;
  private final WireJobs jobs;
  private final RunSteps steps;

  public RunDataSet(Lakehouse lakehouse, WireJobs jobs, RunSteps steps) {
    this.lakehouse = lakehouse;
    this.jobs = jobs;
    this.steps = steps;
  }

  public void run(DataContract contract, TenantId tenant) {
    new ApplyContract(lakehouse.lake().catalog(), new ContractVersions(lakehouse.database()))
        .to(contract, List.of(tenant), steps.run().id());
    boolean landed = false;
    for (Job landing : jobs.landings(contract, tenant)) {
      landed |= isGood(landing); // a topic that is not there holds no files up
    }
    if (!landed || !isGood(jobs.promote(contract, tenant))) {
      return;
    }
    for (ReferenceTable reference : contract.references()) {
      if (!isGood(jobs.refresh(contract, tenant, reference))) {
        return;
      }
    }
    for (Product product : contract.products()) {
      if (isGood(jobs.refine(contract, tenant, product)) && product.export().isPresent()) {
        step(jobs.export(contract, tenant, product));
      }
    }
  }

  private boolean isGood(Job job) {
    return step(job).exitCode() == ExitCode.DONE;
  }

  private StepResult step(Job job) {
    return steps.step(job.place(), job.run());
  }
}
