package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rewrites periods of stage (ADR 0009): conforms their rows again from raw under the contract of
 * today, publishes verdicts that are new, then overwrites exactly these periods. No lane moves;
 * both commits count one edition, so of two writers one wins and the other starts again.
 */
final class RewritePeriods {
  static final String STEP = "backfill";

  private static final LaneRange NOTHING_TAKEN = new LaneRange(0, 0);

  private final Promoting promoting;
  private final WrappedKeyset keyset;
  private final Piece piece;
  private final Map<String, String> notes;
  private final Column within;
  private final AuditedPair pair;

  /**
   * @param notes what the snapshot says beside its stamp
   */
  RewritePeriods(
      Promoting promoting, WrappedKeyset keyset, Piece piece, Map<String, String> notes) {
    this.promoting = promoting;
    this.keyset = keyset;
    this.piece = piece;
    this.notes = Map.copyOf(notes);
    this.within = new PeriodRows(promoting.contract()).in(piece.all());
    this.pair = new AuditedPair(promoting, NOTHING_TAKEN);
  }

  /**
   * Does it.
   *
   * @param stage the head before anything was read
   * @throws dev.sluice.catalog.tables.Refused when another writer was faster
   */
  JobOutcome rewrite(Head stage, Head quarantine) {
    InQuestion places = InQuestion.of(promoting, within, piece.waiting());
    try (Conformed conformed =
        Conformed.keep(
            ConformRows.of(promoting.rawRows(places.all()), promoting.contract(), keyset))) {
      Places gone = gone(places, conformed);
      try (Duplicates duplicates =
          new FindDuplicates(promoting, conformed, standing(gone)).among(conformed, stage)) {
        Written written = written(places, conformed, duplicates, gone, stage, quarantine);
        StepFigures figures = figures(conformed, duplicates, gone.count(), written.published());
        return audited(figures, stage, written.judged() > 0);
      }
    } finally {
      pair.drop();
    }
  }

  /**
   * What the branches got.
   *
   * @param judged verdicts that are new
   */
  private record Written(long published, long judged) {}

  /** Neither branch needs the other, and much of a commit is waiting. */
  private Written written(
      InQuestion places,
      Conformed conformed,
      Duplicates duplicates,
      Places gone,
      Head stage,
      Head quarantine) {
    try (SideBySide<Long> verdicts =
        SideBySide.begin(() -> writeVerdicts(places.all(), conformed, duplicates, quarantine))) {
      long published =
          pair.overwriteStage(
              new RewrittenRows(promoting, former()).of(conformed, duplicates, gone),
              conformed.days(),
              within,
              stage,
              piece.touched(),
              notes);
      return new Written(published, verdicts.result());
    }
  }

  private Dataset<Row> former() {
    return promoting.lake().read(promoting.stage()).where(within);
  }

  /** Rows of the period that raw does not have any more; they stay as they are. */
  private static Places gone(InQuestion places, Conformed conformed) {
    if (conformed.taken() == places.all().count()) {
      return Places.none();
    }
    return places.inStage().without(conformed.places());
  }

  /** Rows of stage that this rewrite does not judge, and that therefore are before all others. */
  private Dataset<Row> standing(Places gone) {
    Lake lake = promoting.lake();
    Column stands = not(within);
    return lake.read(promoting.stage())
        .where(
            gone.isEmpty()
                ? stands
                : stands.or(gone.include(lake.spark(), Columns.LANE, Columns.SEQUENCE)));
  }

  private long writeVerdicts(
      Places places, Conformed conformed, Duplicates duplicates, Head quarantine) {
    if (conformed.failed().isEmpty() && duplicates.count() == 0) {
      return 0;
    }
    LaneRange editions = new LaneRange(places.firstEdition(), places.lastEdition() + 1);
    Dataset<Row> verdicts =
        new QuarantineRows(promoting, keyset).of(editions, conformed, duplicates);
    return pair.writeQuarantine(NewVerdicts.of(promoting, verdicts, places), quarantine);
  }

  private StepFigures figures(
      Conformed conformed, Duplicates duplicates, long gone, long published) {
    SortedMap<String, Long> reasons = new TreeMap<>(conformed.failed());
    if (duplicates.count() > 0) {
      reasons.put("DUPLICATE", duplicates.count());
    }
    return new StepFigures(
        STEP,
        promoting.contract().id(),
        promoting.tenant().name(),
        conformed.taken() + gone,
        published,
        conformed.taken() - conformed.good(),
        duplicates.count(),
        0,
        reasons,
        new TreeMap<>(Map.of("goneFromRaw", gone, "partitions", (long) piece.periods().size())),
        List.of());
  }

  /** Old rows against new ones. */
  private SortedMap<String, Long> comparison(Head stage) {
    Dataset<Row> again =
        promoting
            .lake()
            .readBranch(promoting.stage(), promoting.branch())
            .where(col(Lake.EDITION).equalTo(stage.edition() + 1));
    return new CompareRewrite(promoting.contract()).notes(former(), again);
  }

  private JobOutcome audited(StepFigures counted, Head stage, boolean quarantineToo) {
    AuditSet audit = new AuditSet(promoting);
    String aside = promoting.quarantine();
    List<RuleResult> rules;
    SortedMap<String, Long> told = new TreeMap<>(counted.notes());
    try (SideBySide<SortedMap<String, Long>> comparison =
        SideBySide.begin(() -> comparison(stage))) {
      rules =
          audit.measure(
              quarantineToo
                  ? promoting.lake().readBranch(aside, promoting.branch())
                  : promoting.lake().read(aside));
      told.putAll(comparison.result());
    }
    StepFigures figures = PromotionFigures.with(PromotionFigures.noting(counted, told), rules);
    if (!figures.balances()) {
      return new JobOutcome.Failed(
          FailureKind.DEFECT,
          "Expected each of "
              + figures.taken()
              + " rows of "
              + piece.text()
              + " once in stage or quarantine; "
              + figures.published()
              + " would be published, "
              + figures.quarantined()
              + " quarantined and "
              + figures.duplicates()
              + " are duplicates. Nothing was published; report this as a defect");
    }
    if (rules.stream().anyMatch(rule -> rule.blocks() && !rule.held())) {
      return new JobOutcome.Blocked(
          figures,
          rules,
          audit.sample(stage.edition() + 1),
          piece.text()
              + " of "
              + promoting.stage()
              + " stays as it was: "
              + String.join("; ", PromotionFigures.broken(rules))
              + ". Correct the contract and backfill again; see docs/runbooks/blocked.md");
    }
    pair.publish(quarantineToo);
    return new JobOutcome.Done(figures);
  }
}
