package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;

import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Promotes one interval of raw editions in one commit of quarantine and one of stage. */
final class PromoteInterval {
  private static final LaneRange NOTHING_TAKEN = new LaneRange(0, 0);

  private final Promoting promoting;
  private final WrappedKeyset keyset;
  private final LaneRange editions;
  private final AuditedPair pair;

  PromoteInterval(Promoting promoting, WrappedKeyset keyset, LaneRange editions) {
    this.promoting = promoting;
    this.keyset = keyset;
    this.editions = editions;
    this.pair = new AuditedPair(promoting, editions);
  }

  /**
   * Takes editions that neither table has.
   *
   * @throws dev.sluice.catalog.tables.Refused when another writer was faster
   */
  JobOutcome fresh(Head stage, Head quarantine) {
    try (Conformed conformed = conformed();
        Duplicates duplicates = new FindDuplicates(promoting, conformed).among(conformed, stage)) {
      Written written = written(conformed, duplicates, stage, quarantine);
      StepFigures figures =
          PromotionFigures.of(
              promoting,
              written.taken(),
              editions,
              written.aside(),
              written.published(),
              conformed);
      return audited(
          promoting.lake().readBranch(promoting.quarantine(), promoting.branch()),
          stage,
          figures,
          written.told(),
          true);
    } finally {
      pair.drop();
    }
  }

  /**
   * What the branches got, and what was found out meanwhile.
   *
   * @param taken rows of raw
   * @param told what set rules measure, as far as the rows added to stage tell it
   */
  private record Written(SetAside aside, long published, long taken, Map<SetRule, Double> told) {}

  /**
   * Neither branch needs the other, and much of a commit is waiting; what stage got is audited
   * while quarantine is still written.
   */
  private Written written(Conformed conformed, Duplicates duplicates, Head stage, Head quarantine) {
    try (SideBySide<SetAside> aside =
        SideBySide.begin(() -> aside(conformed, duplicates, quarantine))) {
      long published =
          pair.writeStage(
              StageRows.of(conformed, promoting.contract(), duplicates), stage, conformed.days());
      Map<SetRule, Double> told = new AuditSet(promoting).told(duplicates.inStage());
      long taken = CountRaw.of(promoting, editions);
      return new Written(aside.result(), published, taken, told);
    }
  }

  private SetAside aside(Conformed conformed, Duplicates duplicates, Head quarantine) {
    pair.writeQuarantine(
        new QuarantineRows(promoting, keyset).of(editions, conformed, duplicates), quarantine);
    Table table = promoting.lake().table(promoting.quarantine());
    return SetAside.written(
        table, table.snapshot(promoting.branch()), conformed.failed(), duplicates);
  }

  /**
   * Takes editions whose rows quarantine has published already: stage gets exactly the others. A
   * replay or a backfill may have been faster than stage was; what repeats its rows is set aside
   * too.
   *
   * @throws dev.sluice.catalog.tables.Refused when another writer was faster
   */
  JobOutcome unfinished(Head stage, Head quarantine) {
    try (Conformed conformed = conformed();
        Duplicates duplicates = new FindDuplicates(promoting, conformed).among(conformed, stage)) {
      Dataset<Row> verdicts =
          new QuarantineRows(promoting, keyset)
              .of(editions, conformed, duplicates)
              .where(col("fate").equalTo(QuarantineRows.DUPLICATE));
      long late =
          new AuditedPair(promoting, NOTHING_TAKEN)
              .writeQuarantine(NewVerdicts.of(promoting, verdicts, conformed.places()), quarantine);
      Dataset<Row> aside =
          late > 0
              ? promoting.lake().readBranch(promoting.quarantine(), promoting.branch())
              : promoting.lake().read(promoting.quarantine());
      Dataset<Row> places =
          aside.where(
              col("raw_edition").geq(editions.from()).and(col("raw_edition").lt(editions.until())));
      long published =
          pair.writeStage(
              StageRows.of(conformed.rows(), promoting.contract(), places, places.count()),
              stage,
              conformed.days());
      StepFigures figures =
          PromotionFigures.of(
              promoting,
              CountRaw.of(promoting, editions),
              editions,
              SetAside.found(aside, editions),
              published,
              conformed);
      Map<SetRule, Double> told = new AuditSet(promoting).told(Optional.empty());
      return audited(aside, stage, figures, told, late > 0);
    } finally {
      pair.drop();
    }
  }

  private Conformed conformed() {
    return Conformed.keep(
        ConformRows.of(promoting.rawRows(editions), promoting.contract(), keyset));
  }

  private JobOutcome audited(
      Dataset<Row> aside,
      Head stage,
      StepFigures counted,
      Map<SetRule, Double> told,
      boolean quarantineToo) {
    AuditSet audit = new AuditSet(promoting);
    StepFigures figures = PromotionFigures.with(counted, audit.measure(aside, told));
    if (!figures.balances()) {
      return new JobOutcome.Failed(FailureKind.DEFECT, unbalanced(figures));
    }
    if (figures.rules().stream().anyMatch(rule -> rule.blocks() && !rule.held())) {
      return new JobOutcome.Blocked(
          figures, figures.rules(), audit.sample(stage.edition() + 1), blocked(figures.rules()));
    }
    pair.publish(quarantineToo);
    return new JobOutcome.Done(figures);
  }

  private String blocked(List<RuleResult> rules) {
    return "Nothing of raw editions "
        + text()
        + " was published to "
        + promoting.stage()
        + ": "
        + String.join("; ", PromotionFigures.broken(rules))
        + ". Correct the contract or the source and run again; see docs/runbooks/blocked.md";
  }

  private String unbalanced(StepFigures figures) {
    return "Expected every row of raw editions "
        + text()
        + " of "
        + promoting.raw()
        + " once in stage or quarantine; of "
        + figures.taken()
        + " rows "
        + figures.published()
        + " would be published, "
        + figures.quarantined()
        + " quarantined, "
        + figures.duplicates()
        + " duplicates and "
        + figures.suppressed()
        + " suppressed. Nothing was published; report this as a defect";
  }

  private String text() {
    return editions.from() + " to " + (editions.until() - 1);
  }
}
