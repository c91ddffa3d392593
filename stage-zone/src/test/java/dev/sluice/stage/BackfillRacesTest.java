package dev.sluice.stage;

import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static dev.sluice.stage.Speeds.at;
import static dev.sluice.stage.Speeds.backfill;
import static dev.sluice.stage.Speeds.colours;
import static dev.sluice.stage.Speeds.contract;
import static dev.sluice.stage.Speeds.done;
import static dev.sluice.stage.Speeds.speeds;
import static dev.sluice.stage.Speeds.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.publishing.fixture.CommitHooks;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.catalog.run.StepFigures;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Other writers, and kills, in the middle of a backfill. */
class BackfillRacesTest {
  @Test
  void promotionThatLandsInThePartitionMeanwhileIsNotLost() {
    LandedByHand old = speeds("meanwhile", 200, "1.0.0").land(at(0, 100));
    old.promote();
    LandedByHand today = colours(old);
    CommitHooks.beforeNextSwap(
        stage(today), () -> done(today.land(event(50, NOON + 1, "\"speed\":5")).promote()));

    done(backfill(today, Mode.CHANGED));

    assertThat(today.stage("_sequence", "speed", "_contract_version"))
        .containsExactly(RowFactory.create(0L, 100, "1.1.0"), RowFactory.create(1L, 5, "1.1.0"));
  }

  @Test
  void promotionThatWasInterruptedMeanwhileDoesNotRepeatWhatCameIn() {
    LandedByHand old = speeds("interrupted", 50, "1.0.0").land(event(1, NOON, "\"speed\":60"));
    old.promote();
    LandedByHand today = old.under(contract("interrupted", 100, "1.1.0"));
    Runnable interruptedPromotion =
        () -> {
          today.land(event(1, NOON + 1, "\"speed\":70"), event(2, NOON, "\"speed\":1"));
          CommitHooks.beforeNextSwap(stage(today), CommitHooks.crash());
          assertThatThrownBy(today::promote).isInstanceOf(CommitHooks.Crash.class);
        };
    CommitHooks.beforeNextSwap(stage(today), interruptedPromotion);

    done(backfill(today, Mode.CHANGED));
    StepFigures finished = done(today.promote());

    assertThat(finished.duplicates()).isEqualTo(1);
    assertThat(finished.balances()).isTrue();
    assertThat(today.stage("_sequence", "speed"))
        .containsExactly(RowFactory.create(0L, 60), RowFactory.create(2L, 1));
    assertThat(today.quarantine("sequence", "fate", "duplicate_of_sequence"))
        .contains(RowFactory.create(1L, "duplicate", 0L));
  }

  @Test
  void killedBetweenItsCommitsItIsGoneOnWithAndSaysNothingTwice() {
    LandedByHand old = speeds("killed", 200, "1.0.0").land(at(0, 150), at(1, 20), at(2, 30));
    old.promote();
    LandedByHand today = old.under(contract("killed", 100, "1.1.0"));
    CommitHooks.beforeNextSwap(stage(today), CommitHooks.crash());
    assertThatThrownBy(() -> backfill(today, Mode.CHANGED)).isInstanceOf(CommitHooks.Crash.class);

    done(backfill(today, Mode.CHANGED));

    assertThat(today.stage("_sequence", "_contract_version"))
        .containsExactly(RowFactory.create(1L, "1.1.0"), RowFactory.create(2L, "1.1.0"));
    assertThat(today.quarantine("sequence")).containsExactly(RowFactory.create(0L));
  }

  @Test
  void forcedBackfillThatWasKilledGoesOnWhereItWas() {
    LandedByHand landed = speeds("killedforce", 200, "1.0.0").land(at(0, 1), at(1, 2), at(2, 3));
    landed.promote();
    CommitHooks.afterNextSwap(stage(landed), CommitHooks.crash());
    assertThatThrownBy(() -> backfill(landed, Mode.FORCE)).isInstanceOf(CommitHooks.Crash.class);

    StepFigures rest = done(backfill(landed, Mode.FORCE));
    StepFigures anew = done(backfill(landed, Mode.FORCE));

    assertThat(rest.notes()).containsEntry("partitions", 2L);
    assertThat(anew.notes()).containsEntry("partitions", 3L);
  }
}
