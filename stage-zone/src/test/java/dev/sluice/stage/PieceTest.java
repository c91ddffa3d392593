package dev.sluice.stage;

import static dev.sluice.stage.Speeds.END;
import static dev.sluice.stage.Speeds.START;
import static dev.sluice.stage.Speeds.at;
import static dev.sluice.stage.Speeds.colours;
import static dev.sluice.stage.Speeds.done;
import static dev.sluice.stage.Speeds.job;
import static dev.sluice.stage.Speeds.speeds;
import static dev.sluice.stage.Speeds.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.EventPeriod;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Heads;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class PieceTest {
  private static final BackfillRange CHANGED = new BackfillRange(START, END, Mode.CHANGED, false);

  @Test
  void periodsOfFewRowsAreTogetherAndOneOfManyIsAlone() {
    assertThat(cut(10, 4, 6, 1, 30, 2, 3)).containsExactly("1 to 2", "3", "4", "5 to 6");
    assertThat(cut(1, 5, 5)).containsExactly("1", "2");
    assertThat(cut(1)).isEmpty();
    assertThat(cut(100, new long[40])).containsExactly("1 to 31", "32 to 40");
  }

  @Test
  void aPieceIsPublishedByOneCommitAndNamesItsPeriods() {
    LandedByHand old = speeds("pieced", 200, "1.0.0").land(at(0, 100), at(1, 90), at(2, 80));
    old.promote();
    LandedByHand today = colours(old);
    List<String> lines = new ArrayList<>();

    StepFigures figures = done(job(today, CHANGED, 1_000).run(lines::add));

    assertThat(figures.notes())
        .containsEntry("partitions", 3L)
        .containsEntry("rows.old", 3L)
        .containsEntry("keys.changed", 3L);
    assertThat(figures.balances()).isTrue();
    assertThat(lines).containsExactly("2026-11-18 to 2026-11-20 (3 of 3): 3 rows, 3 changed");
    assertThat(today.stage("_sequence", "colour", "_edition"))
        .containsExactly(
            RowFactory.create(0L, "red", 2L),
            RowFactory.create(1L, "red", 2L),
            RowFactory.create(2L, "red", 2L));
    assertThat(Heads.touchedSince(today.lake.table(stage(today)), 1).partitions())
        .containsExactly("2026-11-18", "2026-11-19", "2026-11-20");
  }

  @Test
  void aPeriodThatLiesBetweenStaysAsItIs() {
    LandedByHand old = speeds("between", 200, "1.0.0").land(at(0, 100), at(2, 80));
    old.promote();
    LandedByHand today = colours(old).land(at(1, 90));
    today.promote();

    done(job(today, CHANGED, 1_000).run());

    assertThat(today.stage("_sequence", "colour", "_edition"))
        .containsExactly(
            RowFactory.create(0L, "red", 3L),
            RowFactory.create(1L, "red", 3L),
            RowFactory.create(2L, "red", 2L));
  }

  /** Days of January with so many rows each, as the days of their pieces. */
  private static List<String> cut(long rows, long... days) {
    List<PeriodToDo> all = new ArrayList<>();
    LocalDate day = LocalDate.parse("2026-01-01");
    for (long each : days) {
      EventPeriod period = EventPeriod.parse(day.plusDays(all.size()).toString());
      all.add(new PeriodToDo(period, 1, "of stage", Math.max(1, each), Places.none()));
    }
    return Piece.cut(all, rows).stream()
        .map(
            piece ->
                String.join(
                    " to ",
                    Arrays.stream(piece.text().split(" to "))
                        .map(text -> String.valueOf(LocalDate.parse(text).getDayOfYear()))
                        .toList()))
        .toList();
  }
}
