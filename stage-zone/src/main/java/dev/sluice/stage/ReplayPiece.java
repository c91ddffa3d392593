package dev.sluice.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges some waiting rows again, under the contract of today: what passes goes to stage with its
 * own place, what fails for another reason gets a second verdict. Quarantine is published first, as
 * in promotion; no lane moves.
 */
final class ReplayPiece {
  static final String STEP = "replay";

  /** Editions of no length: a replay takes nothing new of raw. */
  private static final LaneRange NOTHING_TAKEN = new LaneRange(0, 0);

  private final Promoting promoting;
  private final WrappedKeyset keyset;
  private final List<Row> places;
  private final AuditedPair pair;

  /**
   * @param places rows of {@link WaitingRows}, few enough to be sent to every task
   */
  ReplayPiece(Promoting promoting, WrappedKeyset keyset, List<Row> places) {
    this.promoting = promoting;
    this.keyset = keyset;
    this.places = places;
    this.pair = new AuditedPair(promoting, NOTHING_TAKEN);
  }

  /** How often each reason would keep a row back; what is missing in it would pass. */
  SortedMap<String, Long> reasonsToday() {
    try (Conformed conformed = conformed()) {
      return new TreeMap<>(conformed.failed());
    }
  }

  /**
   * Does it.
   *
   * @throws dev.sluice.catalog.tables.Refused when another writer was faster
   */
  JobOutcome replay(Head stage, Head quarantine) {
    try (Conformed conformed = conformed();
        Duplicates duplicates = new FindDuplicates(promoting, conformed).among(conformed, stage)) {
      Dataset<Row> verdicts =
          new QuarantineRows(promoting, keyset)
              .of(editions(), conformed, duplicates)
              .as("new")
              .join(broadcast(known()).as("known"), alreadySaid(), "left_anti");
      long judged = pair.writeQuarantine(verdicts, quarantine);
      long published = conformed.good() - duplicates.count();
      if (published > 0) {
        pair.writeStage(
            StageRows.of(conformed, promoting.contract(), duplicates), stage, conformed.days());
      }
      return audited(
          figures(conformed, duplicates), stage, duplicates.inStage(), judged > 0, published > 0);
    } finally {
      pair.drop();
    }
  }

  private JobOutcome audited(
      StepFigures counted,
      Head stage,
      Optional<KeyHashes> keysInStage,
      boolean quarantineToo,
      boolean stageToo) {
    if (!stageToo) {
      if (quarantineToo) {
        pair.publishQuarantine();
      }
      return new JobOutcome.Done(counted);
    }
    AuditSet audit = new AuditSet(promoting);
    List<RuleResult> rules =
        audit.measure(
            promoting.lake().readBranch(promoting.quarantine(), promoting.branch()),
            audit.told(keysInStage));
    StepFigures figures = PromotionFigures.with(counted, rules);
    if (rules.stream().anyMatch(rule -> rule.blocks() && !rule.held())) {
      return new JobOutcome.Blocked(
          figures,
          rules,
          audit.sample(stage.edition() + 1),
          "Nothing was replayed to "
              + promoting.stage()
              + ": "
              + String.join("; ", PromotionFigures.broken(rules))
              + ". Correct the contract and replay again; see docs/runbooks/blocked.md");
    }
    pair.publish(quarantineToo);
    return new JobOutcome.Done(figures);
  }

  private StepFigures figures(Conformed conformed, Duplicates duplicates) {
    SortedMap<String, Long> reasons = new TreeMap<>(conformed.failed());
    if (duplicates.count() > 0) {
      reasons.put("DUPLICATE", duplicates.count());
    }
    SortedMap<String, Long> notes = new TreeMap<>();
    if (conformed.taken() < places.size()) {
      notes.put("goneFromRaw", places.size() - conformed.taken());
    }
    return new StepFigures(
        STEP,
        promoting.contract().id(),
        promoting.tenant().name(),
        conformed.taken(),
        conformed.good() - duplicates.count(),
        conformed.taken() - conformed.good(),
        duplicates.count(),
        0,
        reasons,
        notes,
        List.of());
  }

  private Conformed conformed() {
    Dataset<Row> wanted =
        broadcast(
            known().select(col("lane").as("known_lane"), col("sequence").as("known_sequence")));
    Dataset<Row> raw =
        promoting
            .rawRows(editions())
            .join(
                wanted,
                col("lane")
                    .equalTo(col("known_lane"))
                    .and(col("sequence").equalTo(col("known_sequence"))),
                "left_semi");
    return Conformed.keep(ConformRows.of(raw, promoting.contract(), keyset));
  }

  private Dataset<Row> known() {
    return promoting.lake().spark().createDataFrame(places, places.get(0).schema());
  }

  /** The same verdict by the same contract is not given twice. */
  private static Column alreadySaid() {
    Column same = lit(true);
    for (String part : List.of("lane", "sequence", "reason", "field", "contract_version")) {
      same = same.and(col("new." + part).eqNullSafe(col("known." + part)));
    }
    return same;
  }

  private LaneRange editions() {
    long first = Long.MAX_VALUE;
    long last = 0;
    for (Row place : places) {
      long edition = place.getLong(place.fieldIndex("raw_edition"));
      first = Math.min(first, edition);
      last = Math.max(last, edition);
    }
    return new LaneRange(first, last + 1);
  }
}
