package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.pipelines.runner.ExitCode;
import dev.sluice.pipelines.runner.RunSteps;
import dev.sluice.pipelines.runner.StepResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings data sets of tenants up to date once: create missing tables, land what is there, promote;
 * then, when all stage tables stand, refresh reference data, refine, export. A step that does not
 * end well stops what depends on it in its own data set.
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

  /** A data set of a tenant. */
  public record Chosen(DataContract contract, TenantId tenant) {}

  /** Products see the stage tables of all chosen data sets as this run has brought them. */
  public void run(List<Chosen> chosen) {
    chosen.forEach(this::create);
    chosen.stream().filter(this::stage).toList().forEach(this::products);
  }

  public void run(DataContract contract, TenantId tenant) {
    run(List.of(new Chosen(contract, tenant)));
  }

  /** Stage tables of other contracts too, if products read them. */
  private void create(Chosen chosen) {
    ApplyContract apply = new ApplyContract(lakehouse.lake().catalog(), lakehouse.database());
    Neighbours.of(chosen.contract(), lakehouse.contracts())
        .forEach(each -> apply.to(each, List.of(chosen.tenant()), steps.run().id()));
  }

  private boolean stage(Chosen chosen) {
    boolean landed = false;
    for (Job landing : jobs.landings(chosen.contract(), chosen.tenant())) {
      landed |= isGood(landing); // a topic that is not there holds no files up
    }
    return landed && isGood(jobs.promote(chosen.contract(), chosen.tenant()));
  }

  private void products(Chosen chosen) {
    DataContract contract = chosen.contract();
    TenantId tenant = chosen.tenant();
    Set<String> stale = new HashSet<>();
    for (ReferenceTable reference : contract.references()) {
      if (!isGood(jobs.refresh(contract, tenant, reference))) {
        stale.add(reference.name());
      }
    }
    for (Product product : contract.products()) {
      if (!readsOneOf(product, stale)
          && isGood(jobs.refine(contract, tenant, product))
          && product.export().isPresent()) {
        step(jobs.export(contract, tenant, product));
      }
    }
  }

  /** Whether the product reads one of these reference tables of its own contract. */
  static boolean readsOneOf(Product product, Set<String> references) {
    return product.inputs().stream()
        .anyMatch(input -> input.neighbour().isEmpty() && references.contains(input.table()));
  }

  private boolean isGood(Job job) {
    return step(job).exitCode() == ExitCode.DONE;
  }

  private StepResult step(Job job) {
    return steps.step(job.place(), job.run());
  }
}
