package dev.sluice.refined;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.StampedWrite;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.AuditBranches;
import dev.sluice.catalog.tables.EmptyCommit;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.Refused;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings a product up to date with the tables it reads: recomputes the partitions that their news
 * may change, writes them to an audit branch, measures the set rules there, and publishes rows and
 * new head in one commit, or blocks and publishes nothing. A rerun finds the head moved.
 *
 * <p>The product's head has one lane an input: its table's name, in editions. Each input is read at
 * the one snapshot whose edition is taken. When another writer moved the product meanwhile, the
 * branch is dropped and all is computed again from the new head, three times at most.
 */
public final class PromoteStageToRefined {
  private static final int TRIES = 3;

  private final Lake lake;
  private final DataContract contract;
  private final TenantId tenant;
  private final Product product;
  private final RunContext run;
  private final String table;
  private final String branch;

  public PromoteStageToRefined(
      Lake lake, DataContract contract, TenantId tenant, Product product, RunContext run) {
    this.lake = lake;
    this.contract = contract;
    this.tenant = tenant;
    this.product = product;
    this.run = run;
    this.table = Zone.REFINED.table(tenant, product.name());
    this.branch = AuditBranches.nameFor(run.id());
  }

  /** Does the work; what can be expected to happen is the outcome, anything else is thrown. */
  public JobOutcome run() {
    return SqlFault.told(product, this::firstThatHolds);
  }

  /** What {@link #run()} would do now. */
  public JobPlan plan() {
    try {
      Table standing = existing();
      Head head = Heads.of(standing);
      Settled settled = Settled.of(product, standing.properties());
      List<ProductInput> inputs = new TakeInputs(lake, contract, tenant).of(product, head);
      boolean redefined = computed().isOutdated();
      return new PlanText(product, table, head, redefined)
          .of(inputs, () -> settled.open(redefined ? Touched.ALL : affected(inputs)));
    } catch (Exception e) {
      Optional<CannotRefine> fault = SqlFault.of(product, e);
      if (fault.isPresent()) {
        return new JobPlan(List.of("would fail: " + fault.get().getMessage()), false);
      }
      throw e;
    }
  }

  private JobOutcome firstThatHolds() {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        return attemptAndClean();
      } catch (Refused e) {
        if (!movedOn(e)) {
          throw e;
        }
      } catch (CommitFailedException e) {
        continue; // main moved again and again while publishing; start from where it is now
      }
    }
    return new JobOutcome.Busy(
        table + " was moved by another writer in each of " + TRIES + " tries; run it again later");
  }

  private JobOutcome attemptAndClean() {
    try {
      JobOutcome outcome = attempt();
      AuditBranches.drop(lake.table(table), branch);
      return outcome;
    } catch (CannotRefine e) {
      throw e; // before anything was written
    } catch (Exception e) {
      try {
        AuditBranches.drop(lake.table(table), branch);
      } catch (RuntimeException leftBehind) {
        e.addSuppressed(leftBehind);
      }
      throw e;
    }
  }

  private JobOutcome attempt() {
    Table standing = existing(); // one metadata object: head and what is settled belong together
    Head head = Heads.of(standing);
    Settled settled = Settled.of(product, standing.properties());
    List<ProductInput> inputs = new TakeInputs(lake, contract, tenant).of(product, head);
    boolean redefined = computed().isOutdated();
    if (!redefined && inputs.stream().noneMatch(ProductInput::hasNews)) {
      return new JobOutcome.NothingToDo(table + " has taken every edition of its inputs");
    }
    Touched affected = settled.open(redefined ? Touched.ALL : affected(inputs));
    RefinedFigures figures = new RefinedFigures(product, tenant, inputs, affected);
    if (affected.equals(Touched.NOTHING)) {
      EmptyCommit.close(lake.table(table), stamp(head, inputs, affected, Optional.empty()));
      computed().note();
      return new JobOutcome.Done(figures.published(0, List.of()));
    }
    Stamp stamp = stamp(head, inputs, affected, Optional.of(branch));
    long rows = write(inputs, affected, settled, stamp);
    AuditProduct audit = new AuditProduct(lake, product, table, branch, inputs, settled);
    List<RuleResult> results = audit.results();
    if (results.stream().anyMatch(result -> result.blocks() && !result.held())) {
      return new JobOutcome.Blocked(
          figures.heldBack(rows, results), results, audit.sample(stamp.edition()), table);
    }
    AuditBranches.publish(lake.table(table), branch);
    computed().note();
    return new JobOutcome.Done(figures.published(rows, results));
  }

  private Table existing() {
    if (!lake.exists(table)) {
      throw new CannotRefine(
          FailureKind.SETUP,
          "Product table "
              + table
              + " does not exist. To do: apply the contract, which creates it");
    }
    return lake.table(table);
  }

  private ComputedUnder computed() {
    return new ComputedUnder(lake.table(table), product);
  }

  private Touched affected(List<ProductInput> inputs) {
    return new FindAffected(lake, contract, product, values()).by(inputs);
  }

  private Stamp stamp(
      Head head, List<ProductInput> inputs, Touched affected, Optional<String> target) {
    return NextStamp.on(
        head,
        run,
        contract,
        inputs.stream().collect(Collectors.toMap(ProductInput::lane, ProductInput::news)),
        target,
        affected);
  }

  private long write(List<ProductInput> inputs, Touched affected, Settled settled, Stamp stamp) {
    Column replaced = affected.all() ? settled.isOpen() : values().isOneOf(affected.partitions());
    Dataset<Row> rows = new ComputeProduct(lake, product, values()).of(inputs, affected);
    return StampedWrite.overwrite(
        rows.where(replaced), table, replaced, stamp, Optional.of(branch));
  }

  private PartitionValues values() {
    return PartitionValues.of(product);
  }

  static boolean movedOn(Refused refused) {
    return switch (refused.why()) {
      case ALREADY_TAKEN, LANE_MOVED_ON, STALE_EPOCH, EDITION -> true;
      case LANE_GAP, HEAD_TAMPERED, CONTRACT, KEY, REPLACE, UNPROVEN, UNSTAMPED, WRONG_BRANCH ->
          false;
    };
  }
}
