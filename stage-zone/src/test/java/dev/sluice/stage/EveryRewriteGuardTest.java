package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.optional;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static dev.sluice.stage.Speeds.DAY;
import static dev.sluice.stage.Speeds.backfill;
import static dev.sluice.stage.Speeds.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Evolution;
import dev.sluice.catalog.contract.Migration;
import dev.sluice.catalog.contract.RowRule;
import dev.sluice.catalog.publishing.fixture.CommitHooks;
import dev.sluice.catalog.publishing.fixture.GuardHole;
import dev.sluice.catalog.publishing.fixture.GuardTable;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.catalog.run.JobOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards of a rewrite of the past, each in force and left out. */
class EveryRewriteGuardTest {
  private static final GuardTable TABLE = new GuardTable("rewriting the past");
  private static final AtomicInteger TENANTS = new AtomicInteger();

  static Stream<GuardHole> holes() {
    return Stream.of(
        new GuardHole(
            "rows that left raw stand",
            RewriteWithout::rowsThatLeftRaw,
            EveryRewriteGuardTest::partOfADayLeftRaw,
            "stage [0], [1]",
            "stage [1]",
            "rows are deleted that nothing can make again"),
        new GuardHole(
            "repetitions are judged with their row",
            RewriteWithout::repetitions,
            EveryRewriteGuardTest::rowFailsAndItsRepetitionPasses,
            "stage [1]",
            "stage ",
            "an event is gone although one of its rows passes"),
        new GuardHole(
            "places in another period stay out",
            RewriteWithout::lookingElsewhere,
            EveryRewriteGuardTest::repetitionThatWasPublishedMeanwhile,
            "stage [0], [1]; aside [1,0]",
            "stage [0], [1]; aside [1,0], [1,1]",
            "a published row is told a duplicate of itself"),
        new GuardHole(
            "what is said is not said again",
            RewriteWithout::whatWasSaid,
            EveryRewriteGuardTest::killedBetweenTheTwo,
            "stage [1]; aside [0,null]",
            "stage [1]; aside [0,null], [0,null]",
            "each kill adds verdicts"),
        new GuardHole(
            "quarantine is published first",
            PromotionWithout::quarantineFirst,
            EveryRewriteGuardTest::killedAfterTheFirst,
            "stage [0], [1]; aside [0,null]",
            "stage [1]; aside ",
            "a row that fails today is nowhere"),
        new GuardHole(
            "rows of other periods stand",
            RewriteWithout::neighbours,
            EveryRewriteGuardTest::waitingRowRepeatsANeighbour,
            "stage [1]",
            "stage [0], [1]",
            "an event counts in two periods"),
        new GuardHole(
            "columns that stepped aside are kept",
            RewriteWithout::columnsThatSteppedAside,
            EveryRewriteGuardTest::columnWasRemoved,
            "note n",
            "note null",
            "values are deleted that only old rows have"),
        new GuardHole(
            "a promotion under way comes first",
            RewriteWithout::waitingForPromotions,
            EveryRewriteGuardTest::promotionWasInterrupted,
            "Busy; finished by 1.1.0: Failed",
            "Done; finished by 1.1.0: Done",
            "one interval judged under two versions"),
        new GuardHole(
            "an interrupted promotion looks again",
            RewriteWithout::lookingAgainWhenFinishing,
            EveryRewriteGuardTest::rewriteBetweenAPromotionsCommits,
            "stage [0]",
            "stage [0], [1]",
            "an event that waited counts twice"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holes")
  void holdsAndIsNeeded(GuardHole hole) throws Exception {
    hole.show(TABLE, "rew" + TENANTS.incrementAndGet(), "rew" + TENANTS.incrementAndGet());
  }

  @AfterAll
  static void printTheTable() {
    TABLE.print();
  }

  private static String partOfADayLeftRaw(String tenant) {
    LandedByHand landed = below(100, tenant, "1.0.0").land(speed(1, 5)).land(speed(2, 5));
    landed.promote();
    landed.forget(1);
    backfill(landed, Mode.FORCE);
    return stage(landed);
  }

  private static String rowFailsAndItsRepetitionPasses(String tenant) {
    LandedByHand landed = below(100, tenant, "1.0.0").land(speed(1, 90), speed(1, 5));
    landed.promote();
    LandedByHand today = landed.under(contract(50, tenant, "1.1.0"));
    backfill(today, Mode.CHANGED);
    return stage(today);
  }

  private static String repetitionThatWasPublishedMeanwhile(String tenant) {
    LandedByHand landed = new LandedByHand(within(Duration.ofDays(2), tenant, "1.0.0"));
    landed.land(event(1, NOON - DAY, ""), event(1, NOON, "")).promote();
    for (String version : List.of("1.1.0", "1.2.0")) {
      landed = landed.under(within(Duration.ofHours(1), tenant, version));
      backfill(landed, Mode.CHANGED);
    }
    return stage(landed) + aside(landed);
  }

  private static String killedBetweenTheTwo(String tenant) {
    LandedByHand landed = below(100, tenant, "1.0.0").land(speed(1, 90), speed(2, 5));
    landed.promote();
    LandedByHand today = landed.under(contract(50, tenant, "1.1.0"));
    CommitHooks.beforeNextSwap(today.contract.stageTable(today.tenant), CommitHooks.crash());
    assertThat(catchThrowable(() -> backfill(today, Mode.CHANGED))).isNotNull();
    backfill(today, Mode.CHANGED);
    return stage(today) + aside(today);
  }

  private static String killedAfterTheFirst(String tenant) {
    LandedByHand landed = below(100, tenant, "1.0.0").land(speed(1, 90), speed(2, 5));
    landed.promote();
    LandedByHand today = landed.under(contract(50, tenant, "1.1.0"));
    String stage = today.contract.stageTable(today.tenant);
    String quarantine = today.contract.quarantineTable(today.tenant);
    CommitHooks.afterNextSwap(stage, CommitHooks.crash());
    CommitHooks.afterNextSwap(quarantine, CommitHooks.crash());
    assertThat(catchThrowable(() -> backfill(today, Mode.CHANGED))).isNotNull();
    CommitHooks.afterNextSwap(stage, () -> {});
    CommitHooks.afterNextSwap(quarantine, () -> {});
    return stage(today) + aside(today);
  }

  /** The one that waits lies on the day before. */
  private static String waitingRowRepeatsANeighbour(String tenant) {
    LandedByHand landed =
        below(50, tenant, "1.0.0")
            .land(event(1, NOON - DAY, "\"speed\":90"), event(1, NOON, "\"speed\":5"));
    landed.promote();
    LandedByHand today = landed.under(contract(100, tenant, "1.1.0"));
    Instant before = Instant.ofEpochMilli(NOON - DAY);
    job(today, new BackfillRange(before, before.plusMillis(1), Mode.CHANGED, false)).run();
    return stage(today);
  }

  private static String columnWasRemoved(String tenant) {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of(tenant).with(optional("note", Simple.STRING)).build());
    landed.land(event(1, NOON, "\"note\":\"n\"")).promote();
    LandedByHand today =
        landed.applied(
            ContractFixture.of(tenant)
                .version("2.0.0")
                .build()
                .with(
                    new Evolution(
                        Optional.of(
                            new Migration(
                                1,
                                List.of(
                                    new Migration.OfTable(
                                        "sightings", Map.of(), Set.of("note"), Set.of())))),
                        Optional.empty())));
    backfill(today, Mode.CHANGED);
    return "note " + today.stage("_note_until_2")[0].getString(0);
  }

  private static String promotionWasInterrupted(String tenant) {
    LandedByHand landed = below(100, tenant, "1.0.0").land(speed(1, 90));
    landed.promote();
    landed.land(speed(2, 5));
    CommitHooks.beforeNextSwap(landed.contract.stageTable(landed.tenant), CommitHooks.crash());
    assertThat(catchThrowable(landed::promote)).isNotNull();
    LandedByHand today = landed.under(contract(50, tenant, "1.1.0"));
    String outcome = name(backfill(today, Mode.CHANGED));
    return outcome + "; finished by 1.1.0: " + name(today.promote());
  }

  private static String rewriteBetweenAPromotionsCommits(String tenant) {
    LandedByHand landed = below(50, tenant, "1.0.0").land(speed(1, 60));
    landed.promote();
    LandedByHand today = landed.under(contract(100, tenant, "1.1.0"));
    String stage = today.contract.stageTable(today.tenant);
    CommitHooks.beforeNextSwap(
        stage,
        () -> {
          today.land(speed(1, 70));
          CommitHooks.beforeNextSwap(stage, CommitHooks.crash());
          assertThat(catchThrowable(today::promote)).isNotNull();
        });
    backfill(today, Mode.CHANGED);
    today.promote();
    return stage(today);
  }

  private static String name(JobOutcome outcome) {
    return outcome.getClass().getSimpleName();
  }

  private static String stage(LandedByHand landed) {
    return "stage " + text(landed.stage("_sequence"));
  }

  private static String aside(LandedByHand landed) {
    return "; aside " + text(landed.quarantine("sequence", "duplicate_of_sequence"));
  }

  private static String text(Row[] rows) {
    return Arrays.stream(rows).map(Row::toString).sorted().collect(Collectors.joining(", "));
  }

  private static String speed(long id, int speed) {
    return event(id, NOON, "\"speed\":" + speed);
  }

  private static LandedByHand below(int limit, String tenant, String version) {
    return new LandedByHand(contract(limit, tenant, version));
  }

  private static DataContract contract(int limit, String tenant, String version) {
    return ContractFixture.of(tenant)
        .version(version)
        .with(optional("speed", Simple.INT))
        .with(new RowRule("speed-is-sane", "speed < " + limit, "x"))
        .build();
  }

  private static DataContract within(Duration window, String tenant, String version) {
    return ContractFixture.of(tenant).version(version).duplicatesWithin(window).build();
  }
}
