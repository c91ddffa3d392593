package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.publishing.fixture.GuardHole;
import dev.sluice.catalog.publishing.fixture.GuardTable;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.refined.DropProduct;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What keeps rows and products although their time is over, each in force and left out. */
class EveryRetentionGuardTest {
  private static final GuardTable TABLE = new GuardTable("ending a life");
  private static final AtomicInteger TENANTS = new AtomicInteger();
  private static final Duration QUARTER = Duration.ofDays(90);
  private static final String SOON = "2026-03-20";
  private static final String MUCH_LATER = "2026-12-01";

  static Stream<GuardHole> holes() {
    return Stream.of(
        new GuardHole(
            "a legal hold keeps rows",
            () -> noObjection("held"),
            EveryRetentionGuardTest::expiryUnderAHold,
            "NothingToDo, 1 in stage",
            "Done, 0 in stage",
            "evidence is gone"),
        new GuardHole(
            "a legal hold keeps products",
            () -> noObjection("held"),
            EveryRetentionGuardTest::dropUnderAHold,
            "NothingToDo, [2026-03-01 1]",
            "Done, gone",
            "evidence is gone"),
        new GuardHole(
            "raw waits for promotion",
            () -> noObjection("notPromoted"),
            EveryRetentionGuardTest::rowThatWasNotPromoted,
            "NothingToDo, 2 in stage",
            "Done, 1 in stage",
            "a row that nobody has seen is gone"),
        new GuardHole(
            "stage waits for its readers",
            () -> noObjection("notTaken"),
            EveryRetentionGuardTest::rowThatWasNotRefined,
            "NothingToDo, [2026-03-01 1, 2026-03-02 1]",
            "Done, [2026-03-01 1]",
            "a row reaches no product and is gone"),
        new GuardHole(
            "what was made of rows is settled first",
            () -> WithoutGuard.skipping(WireExpiry.class, "settle"),
            EveryRetentionGuardTest::lateRowOfAnExpiredDay,
            "Done, [2026-03-01 2]",
            "Done, [2026-03-01 1]",
            "a late row replaces what was made of all rows"),
        new GuardHole(
            "partitions wait for their export",
            () -> WithoutGuard.calling(StillNeeded.class, "pending", NonePending.class),
            EveryRetentionGuardTest::partitionThatIsPending,
            "NothingToDo, [2026-03-01 1]",
            "Done, []",
            "BigQuery never gets a partition that was due"),
        new GuardHole(
            "products wait for their export",
            () -> noObjection("notExported"),
            EveryRetentionGuardTest::productThatWasNotExported,
            "NothingToDo, [2026-03-01 1]",
            "Done, gone",
            "BigQuery never gets a product that was due"),
        new GuardHole(
            "what is used stays",
            () -> WithoutGuard.calling(RetireProduct.class, "inUse", NoObjection.class),
            EveryRetentionGuardTest::productThatSomebodyAskedFor,
            "NothingToDo, [2026-03-01 1]",
            "Done, gone",
            "whoever asks for it next finds nothing"),
        new GuardHole(
            "what cannot be made again stays",
            () -> WithoutGuard.calling(DropProduct.class, "objection", NoObjection.class),
            EveryRetentionGuardTest::productWhoseRowsAreGone,
            "NothingToDo, NothingToDo, [2026-03-01 1]",
            "Done, Done, []",
            "the past is gone for good"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holes")
  void holdsAndIsNeeded(GuardHole hole) throws Exception {
    hole.show(TABLE, "old" + TENANTS.incrementAndGet(), "old" + TENANTS.incrementAndGet());
  }

  @AfterAll
  static void printTheTable() {
    TABLE.print();
  }

  private static String expiryUnderAHold(String tenant) {
    AgingReadings readings = refined(tenant).under("case 12");
    return readings.expire(readings.stage(), SOON) + stage(readings);
  }

  private static String dropUnderAHold(String tenant) {
    AgingReadings readings = refined(tenant).usedOn("2026-03-01").under("case 12");
    return readings.retire(QUARTER, MUCH_LATER) + ", " + readings.days();
  }

  private static String rowThatWasNotPromoted(String tenant) {
    AgingReadings readings = refined(tenant).land("2026-03-02");
    String outcome = readings.expire(readings.raw(), SOON);
    return outcome + stage(readings.promote());
  }

  private static String rowThatWasNotRefined(String tenant) {
    AgingReadings readings = refined(tenant).land("2026-03-02").promote();
    String outcome = readings.expire(readings.stage(), SOON);
    return outcome + ", " + readings.refine().days();
  }

  private static String lateRowOfAnExpiredDay(String tenant) {
    AgingReadings readings =
        AgingReadings.of(tenant).land("2026-03-01").land("2026-03-01").promote().refine();
    String outcome = readings.expire(readings.stage(), SOON);
    return outcome + ", " + readings.land("2026-03-01", SOON).promote().refine().days();
  }

  private static String partitionThatIsPending(String tenant) {
    AgingReadings readings = AgingReadings.leaving(tenant, Set.of("2026-03-01"));
    readings.land("2026-03-01").promote().refine();
    return readings.expire(readings.byDay(), SOON) + ", " + readings.days();
  }

  private static String productThatWasNotExported(String tenant) {
    AgingReadings readings = AgingReadings.leaving(tenant, Set.of());
    readings.land("2026-03-01").promote().refine().usedOn("2026-03-01");
    return readings.retire(QUARTER, MUCH_LATER) + ", " + readings.days();
  }

  private static String productThatSomebodyAskedFor(String tenant) {
    AgingReadings readings = refined(tenant).usedOn("2026-11-20");
    return readings.retire(QUARTER, MUCH_LATER) + ", " + readings.days();
  }

  private static String productWhoseRowsAreGone(String tenant) {
    AgingReadings readings = refined(tenant).usedOn("2026-03-01");
    readings.expire(readings.stage(), SOON);
    String dropped = readings.retire(QUARTER, MUCH_LATER);
    return dropped + ", " + readings.rebuild() + ", " + readings.days();
  }

  private static AgingReadings refined(String tenant) {
    return AgingReadings.of(tenant).land("2026-03-01").promote().refine();
  }

  private static String stage(AgingReadings readings) {
    return ", " + readings.rows(readings.stage()) + " in stage";
  }

  private static WithoutGuard noObjection(String guard) {
    return WithoutGuard.calling(StillNeeded.class, guard, NoObjection.class);
  }

  /** Public, because it is called from classes of another package too. */
  public static final class NoObjection {
    public static Optional<String> none() {
      return Optional.empty();
    }
  }

  static final class NonePending {
    static Set<String> none() {
      return Set.of();
    }
  }
}
