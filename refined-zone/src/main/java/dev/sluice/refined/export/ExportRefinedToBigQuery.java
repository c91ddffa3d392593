package dev.sluice.refined.export;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.refined.PartitionValues;
import dev.sluice.refined.anonymity.ScanExportedText;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Sends the changed, anonymised partitions of one refined table to BigQuery, each once. How far a
 * table is exported stands in BigQuery, in the transaction that changed its rows, so a run that
 * died is completed by the next and an export of nothing new sends nothing.
 *
 * <p>Steps: take away columns that may not leave any more, find the changed partitions, decide
 * which columns and which rows may leave, encode them into one file, take room in the budget, load
 * into a staging table, verify it, swap the partitions, verify again.
 */
public final class ExportRefinedToBigQuery {
  private final Lake lake;
  private final BigQueryTarget target;
  private final DataContract contract;
  private final TenantId tenant;
  private final Product product;
  private final EgressBudget budget;
  private final RunContext run;
  private final Path scratch;
  private final ExportTable table;
  private final SendAgain again;

  /**
   * @param scratch a folder outside the lake, for the file between encoding and load
   */
  public ExportRefinedToBigQuery(
      Lake lake,
      BigQueryTarget target,
      DataContract contract,
      TenantId tenant,
      Product product,
      EgressBudget budget,
      RunContext run,
      Path scratch) {
    this(lake, target, contract, tenant, product, budget, run, scratch, SendAgain.NOTHING);
  }

  private ExportRefinedToBigQuery(
      Lake lake,
      BigQueryTarget target,
      DataContract contract,
      TenantId tenant,
      Product product,
      EgressBudget budget,
      RunContext run,
      Path scratch,
      SendAgain again) {
    this.lake = lake;
    this.target = target;
    this.contract = contract;
    this.tenant = tenant;
    this.product = product;
    this.budget = budget;
    this.run = run;
    this.scratch = scratch;
    this.table = new ExportTable(target.project(), tenant, product.name());
    this.again = again;
  }

  /** The same export, which also sends partitions that did not change. */
  public ExportRefinedToBigQuery sending(SendAgain partitions) {
    return new ExportRefinedToBigQuery(
        lake, target, contract, tenant, product, budget, run, scratch, partitions);
  }

  /**
   * Does the work; what can be expected to happen is the outcome, anything else is thrown.
   *
   * @throws BigQueryUnavailable when BigQuery does not answer
   */
  public JobOutcome run() {
    if (product.export().isEmpty()) {
      return new JobOutcome.NothingToDo("product " + product.name() + " is not for export");
    }
    try (ScratchFolder folder = ScratchFolder.in(scratch)) {
      return export(product.export().get(), folder);
    } catch (ExportRefused e) {
      return new JobOutcome.Failed(e.kind(), e.what());
    } catch (BigQueryFailed e) {
      return new JobOutcome.Failed(
          e.mayPass() ? FailureKind.TRANSIENT : FailureKind.SETUP, e.what());
    }
  }

  /** What {@link #run()} would do now, the gate's figures included; nothing leaves. */
  public JobPlan plan() {
    if (product.export().isEmpty()) {
      return new JobPlan(List.of(product.name() + " is not for export"), true);
    }
    try {
      ExportPolicy policy = product.export().get();
      return new ExportPlanText(table, policy).of(prepared(policy, (session, found, base) -> {}));
    } catch (ExportRefused e) {
      return new JobPlan(List.of("would be refused: " + e.what()), false);
    }
  }

  private JobOutcome export(ExportPolicy policy, ScratchFolder folder) {
    PreparedExport prepared =
        prepared(
            policy,
            (bigQuery, standing, base) -> new FitTarget(bigQuery, table).lose(standing, base));
    if (prepared.plan().isEmpty()) {
      return new JobOutcome.NothingToDo(table.name() + " has published nothing yet");
    }
    ExportPlan plan = prepared.plan().get();
    if (plan.nothingToDo()) {
      return nothingNew(plan);
    }
    JudgedExport judged = new JudgeExport(prepared, table).judged();
    if (judged.plan().nothingToDo()) {
      return nothingNew(judged.plan());
    }
    if (prepared.onlyMissing() && judged.gate().leavingRows() == 0) {
      return new JobOutcome.NothingToDo(
          "what BigQuery lacks of " + table.name() + " is kept back by the gate");
    }
    List<RuleResult> rules = judged.against(policy);
    if (judged.nothingCanLeave()) {
      return withheld(policy, prepared, judged, rules);
    }
    if (broken(rules)) {
      return blocked(judged, rules);
    }
    if (judged.gate().leavingRows() == 0) {
      return send(policy, prepared, figures(judged, rules), Optional.empty());
    }
    EncodeParquet encode = new EncodeParquet(prepared.columns(), folder.path());
    StagedFile all = encode.write(judged.leaving());
    List<RuleResult> texts = ScanExportedText.on(encode.read(all.path()));
    rules.addAll(texts);
    if (broken(rules)) {
      return blocked(judged, rules);
    }
    FillDay.Part part =
        new FillDay(prepared.columns(), folder.path(), policy.maxBytesPerDay()).of(judged, all);
    List<RuleResult> ofPart = part.judged().against(policy);
    ofPart.addAll(texts);
    return send(policy, prepared, figures(part.judged(), ofPart), Optional.of(part.file()));
  }

  /** What BigQuery has of the partitions goes, for it may be what is suppressed now. */
  private JobOutcome withheld(
      ExportPolicy policy, PreparedExport prepared, JudgedExport judged, List<RuleResult> rules) {
    if (prepared.standing().isEmpty()) {
      return blocked(judged, rules);
    }
    JobOutcome outcome = send(policy, prepared, figures(judged, rules), Optional.empty());
    return outcome instanceof JobOutcome.Done ? blocked(judged, rules) : outcome;
  }

  private JobOutcome nothingNew(ExportPlan plan) {
    return new JobOutcome.NothingToDo(
        "BigQuery has every edition of "
            + table.name()
            + (plan.pending().isEmpty()
                ? ""
                : "; "
                    + PlanExport.summary(plan.pending())
                    + " are held back (still open, too close to what was exported, or more than may"
                    + " leave in a day)")
            + (plan.withheld().isEmpty()
                ? ""
                : "; "
                    + PlanExport.summary(plan.withheld())
                    + " are withheld (more of them is suppressed than maxSuppressed allows)"));
  }

  private JobOutcome send(
      ExportPolicy policy,
      PreparedExport prepared,
      ExportFigures figures,
      Optional<StagedFile> file) {
    ExportPlan plan = figures.plan();
    BigQuerySession bigQuery = prepared.bigQuery();
    new MakeExportTables(bigQuery, table).make(prepared.columns(), plan.base());
    LedgerEntry entry =
        new LedgerEntry(
            table,
            plan,
            figures.gate(),
            PolicyFingerprint.of(policy),
            file.map(StagedFile::checksum).orElse(Checksum.EMPTY),
            file.map(StagedFile::bytes).orElse(0L),
            file.map(StagedFile::sha256).orElse(""),
            contract,
            run);
    if (entry.checksum().rows() != figures.gate().leavingRows()) {
      throw new ExportWentWrong(
          "The gate let "
              + figures.gate().leavingRows()
              + " rows out but "
              + entry.checksum().rows()
              + " were encoded; nothing was sent");
    }
    LoadStaging loading =
        new LoadStaging(
            bigQuery,
            table,
            budget,
            run.startedAt().atZone(ZoneOffset.UTC).toLocalDate(),
            policy.maxBytesPerDay());
    ReplacedPartitions replaced =
        ReplacedPartitions.by(plan, PartitionValues.of(product), prepared.columns().partition());
    Optional<JobOutcome> instead =
        new SendExport(bigQuery, table, loading, prepared.columns(), new ExportObservers())
            .send(file, replaced, entry);
    return instead.orElseGet(
        () ->
            new JobOutcome.Done(
                figures.done(
                    entry.bytes(),
                    bigQuery.uploaded(),
                    new ReadExportedHead(bigQuery, table.project()).rows(tenant, product))));
  }

  private JobOutcome blocked(JudgedExport judged, List<RuleResult> rules) {
    return new JobOutcome.Blocked(figures(judged, rules).blocked(), rules, List.of(), table.name());
  }

  private ExportFigures figures(JudgedExport judged, List<RuleResult> rules) {
    return new ExportFigures(table, judged.plan(), judged.all(), judged.gate(), rules);
  }

  private PreparedExport prepared(ExportPolicy policy, PrepareExport.Standing first) {
    return new PrepareExport(lake, target, contract, tenant, product, run, table, again)
        .under(policy, first);
  }

  private static boolean broken(List<RuleResult> rules) {
    return rules.stream().anyMatch(rule -> rule.blocks() && !rule.held());
  }
}
