package dev.sluice.refined;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.StampedWrite;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.AuditBranches;
import dev.sluice.catalog.tables.Heads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;

/**
 * Computes some partitions of a product again from what the product has taken of its inputs, and
 * publishes them as one edition that takes nothing new and names them as touched.
 */
record BackfillPiece(
    Lake lake, DataContract contract, TenantId tenant, Product product, RunContext run) {

  /**
   * What became of a piece.
   *
   * @param published false when a rule kept it back, or when there is nothing before and after
   * @param sample rows that a rule kept back
   */
  record Done(
      boolean published,
      long computed,
      RefinedChange change,
      List<RuleResult> rules,
      List<String> sample) {

    boolean isBlocked() {
      return rules.stream().anyMatch(rule -> rule.blocks() && !rule.held());
    }
  }

  /**
   * Does it, from the head as it is now.
   *
   * @throws dev.sluice.catalog.tables.Refused when another writer was faster
   */
  Done of(Touched partitions) {
    String table = Zone.REFINED.table(tenant, product.name());
    String branch = AuditBranches.nameFor(run.id());
    AuditBranches.drop(lake.table(table), branch);
    try {
      return written(partitions, table, branch);
    } finally {
      AuditBranches.drop(lake.table(table), branch);
    }
  }

  private Done written(Touched wanted, String table, String branch) {
    PartitionValues values = PartitionValues.of(product);
    Table standing = lake.table(table); // one metadata object: head and what is settled
    Head head = Heads.of(standing);
    Settled settled = Settled.of(product, standing.properties());
    Touched partitions = settled.open(wanted);
    if (partitions.equals(Touched.NOTHING)) {
      return new Done(false, 0, RefinedChange.NONE, List.of(), List.of());
    }
    List<ProductInput> inputs = new TakeInputs(lake, contract, tenant).taken(product, head);
    Stamp stamp = NextStamp.on(head, run, contract, Map.of(), Optional.of(branch), partitions);
    Column replaced = partitions.all() ? settled.isOpen() : values.isOneOf(partitions.partitions());
    long computed =
        StampedWrite.overwrite(
            new ComputeProduct(lake, product, values).of(inputs, partitions).where(replaced),
            table,
            replaced,
            stamp,
            Optional.of(branch));
    RefinedChange change =
        new CompareRows(product)
            .of(lake.read(table).where(replaced), lake.readBranch(table, branch).where(replaced));
    if (change.isEmpty()) {
      return new Done(false, computed, change, List.of(), List.of());
    }
    AuditProduct audit = new AuditProduct(lake, product, table, branch, inputs, settled);
    List<RuleResult> rules = audit.resultsFor(partitions, values);
    Done done = new Done(true, computed, change, rules, List.of());
    if (done.isBlocked()) {
      return new Done(false, computed, change, rules, audit.sample(stamp.edition()));
    }
    AuditBranches.publish(lake.table(table), branch);
    return done;
  }
}
