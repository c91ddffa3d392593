package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.optional;
import static dev.sluice.stage.ContractFixture.personal;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PrivacyMethod.SivToken;
import dev.sluice.catalog.contract.RowRule;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.catalog.run.JobOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows promoted under one contract and made again under another are the rows that the other would
 * have promoted by itself: same survivors, same values, same places, whatever the batches were.
 */
class BackfillAgreesWithPromotionTest {
  private static final long DAY = 86_400_000;

  @ParameterizedTest(name = "seed {0}, {1} rows at a time")
  @CsvSource({"1, 1", "2, 12", "3, 1000"})
  void backfillEndsWhereAPromotionFromNothingWould(long seed, long pieceRows) {
    Random random = new Random(seed);
    List<List<Map.Entry<Integer, byte[]>>> batches = batches(random);
    LandedByHand backfilled = new LandedByHand(narrow("backfilled" + seed));
    batches.subList(0, 3).forEach(backfilled::land);
    done(backfilled.promote());
    batches.subList(3, 5).forEach(backfilled::land);
    done(backfilled.promote());
    backfilled = backfilled.applied(wide("backfilled" + seed));
    LandedByHand fromNothing = new LandedByHand(wide("fromnothing" + seed));
    batches.forEach(fromNothing::land);
    done(fromNothing.promote());

    JobOutcome outcome = backfill(backfilled, pieceRows);

    assertThat(((JobOutcome.Done) outcome).figures().balances()).isTrue();
    assertThat(rows(backfilled)).isEqualTo(rows(fromNothing));
    assertThat(fates(backfilled)).isEqualTo(fates(fromNothing));
    assertThat(backfill(backfilled, pieceRows)).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  /** Few keys on three days, so most repeat; fast ones wait at first, slow ones fail later. */
  private static List<List<Map.Entry<Integer, byte[]>>> batches(Random random) {
    List<List<Map.Entry<Integer, byte[]>>> batches = new ArrayList<>();
    for (int batch = 0; batch < 5; batch++) {
      List<Map.Entry<Integer, byte[]>> messages = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        int day = random.nextInt(3);
        String event =
            event(
                10 * day + random.nextInt(6),
                NOON - day * DAY + random.nextInt(1000),
                "\"speed\":" + random.nextInt(100) + ",\"colour\":\"red\",\"plate\":\"B-1\"");
        messages.add(Map.entry(random.nextInt(2), event.getBytes(UTF_8)));
      }
      batches.add(messages);
    }
    return batches;
  }

  private static JobOutcome backfill(LandedByHand landed, long pieceRows) {
    BackfillRange range = new BackfillRange(Speeds.START, Speeds.END, Mode.CHANGED, false);
    return Speeds.job(landed, range, pieceRows).run();
  }

  private static List<String> rows(LandedByHand landed) {
    List<String> rows = new ArrayList<>();
    for (Row row :
        landed.stage("_lane", "_sequence", "_raw_edition", "id", "seen_at", "speed", "colour")) {
      rows.add(row.mkString("|"));
    }
    return rows;
  }

  /** Places and what they repeat, by their newest verdict, of those that stage has not. */
  private static TreeSet<String> fates(LandedByHand landed) {
    TreeSet<String> fates = new TreeSet<>();
    for (Row row :
        landed
            .lake
            .read(landed.contract.quarantineTable(landed.tenant))
            .join(
                landed.lake.read(landed.contract.stageTable(landed.tenant)),
                org.apache.spark.sql.functions.expr("lane = _lane AND sequence = _sequence"),
                "left_anti")
            .groupBy("lane", "sequence")
            .agg(
                org.apache.spark.sql.functions.expr(
                    "max_by(concat_ws('|', lane, sequence, fate, reason, duplicate_of_lane,"
                        + " duplicate_of_sequence), _edition)"))
            .collectAsList()) {
      fates.add(row.getString(2));
    }
    return fates;
  }

  private static void done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
  }

  private static DataContract narrow(String tenant) {
    return ContractFixture.of(tenant)
        .duplicatesWithin(Duration.ofHours(1))
        .with(optional("speed", Simple.INT))
        .with(personal("plate", new SivToken("plate")))
        .with(new RowRule("speed-is-sane", "speed < 60", "x"))
        .build();
  }

  private static DataContract wide(String tenant) {
    return ContractFixture.of(tenant)
        .version("1.1.0")
        .duplicatesWithin(Duration.ofHours(1))
        .with(optional("speed", Simple.INT))
        .with(personal("plate", new SivToken("plate")))
        .with(optional("colour", Simple.STRING))
        .with(new RowRule("speed-is-sane", "speed < 90 AND speed > 10", "x"))
        .build();
  }
}
