package dev.sluice.stage;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.AuditBranches;

/** What one run promotes: a data set of a tenant, its three tables and the lane between them. */
record Promoting(Lake lake, DataContract contract, TenantId tenant, RunContext run) {
  String raw() {
    return contract.rawTable(tenant);
  }

  String stage() {
    return contract.stageTable(tenant);
  }

  String quarantine() {
    return contract.quarantineTable(tenant);
  }

  /** The lane whose sequence is raw's edition. */
  Lane lane() {
    return Lane.ofTable(raw());
  }

  /** The audit branch of this run, of the same name on both tables. */
  String branch() {
    return AuditBranches.nameFor(run.id());
  }

  /** The same under another version of the contract. */
  Promoting under(DataContract other) {
    return new Promoting(lake, other, tenant, run);
  }
}
