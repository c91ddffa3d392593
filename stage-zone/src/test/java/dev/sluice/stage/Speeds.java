package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.optional;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.RowRule;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import java.time.Instant;

/** Speeds on three days, promoted under one contract and made again under another. */
final class Speeds {
  static final long DAY = 86_400_000;
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

  private Speeds() {}

  static JobOutcome backfill(LandedByHand landed, Mode mode) {
    return job(landed, new BackfillRange(START, END, mode, false)).run();
  }

  /** Publishes each day by itself. */
  static BackfillStage job(LandedByHand landed, BackfillRange range) {
    return job(landed, range, 1);
  }

  static BackfillStage job(LandedByHand landed, BackfillRange range, long pieceRows) {
    return new BackfillStage(
        landed.lake,
        landed.contract,
        landed.tenant,
        landed.keyset,
        LandedByHand.run(),
        range,
        pieceRows);
  }

  static StepFigures done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    return ((JobOutcome.Done) outcome).figures();
  }

  static String stage(LandedByHand landed) {
    return landed.contract.stageTable(landed.tenant);
  }

  static LandedByHand speeds(String tenant, int limit, String version) {
    return new LandedByHand(contract(tenant, limit, version));
  }

  static LandedByHand speeds(String tenant, int limit, String version, String partitioning) {
    return new LandedByHand(fixture(tenant, limit, version).partitionedBy(partitioning).build());
  }

  /** Knows a field that producers have sent all along. */
  static LandedByHand colours(LandedByHand old) {
    return old.applied(
        fixture(old.tenant.name(), 200, "1.1.0").with(optional("colour", Simple.STRING)).build());
  }

  static DataContract contract(String tenant, int limit, String version) {
    return fixture(tenant, limit, version).build();
  }

  static ContractFixture fixture(String tenant, int limit, String version) {
    return ContractFixture.of(tenant)
        .version(version)
        .with(optional("speed", Simple.INT))
        .with(new RowRule("speed-is-sane", "speed < " + limit, "x"));
  }

  /** An event of its own on one of three days. */
  static String at(int day, int speed) {
    return event(
        1000 * day + speed, NOON + (day - 2) * DAY, "\"speed\":" + speed + ",\"colour\":\"red\"");
  }
}
