package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import dev.sluice.pipelines.jobs.Job;
import dev.sluice.pipelines.jobs.WireJobs;
import java.util.ArrayList;
import java.util.List;

/** The jobs of a whole run, for asking each what it would do on the tables as they stand now. */
final class PlanRun {
  private PlanRun() {}

  static List<Job> jobs(WireJobs jobs, Chosen chosen) {
    DataContract contract = chosen.contract();
    TenantId tenant = chosen.tenant();
    List<Job> all = new ArrayList<>();
    all.addAll(jobs.landings(contract, tenant));
    all.add(jobs.promote(contract, tenant));
    contract.references().forEach(r -> all.add(jobs.refresh(contract, tenant, r)));
    contract.products().forEach(p -> all.add(jobs.refine(contract, tenant, p)));
    contract.products().stream()
        .filter(p -> p.export().isPresent())
        .forEach(p -> all.add(jobs.export(contract, tenant, p)));
    return all;
  }
}
