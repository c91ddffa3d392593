package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.optional;
import static dev.sluice.stage.ContractFixture.personal;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.PrivacyMethod.SivToken;
import dev.sluice.catalog.contract.RowRule;
import dev.sluice.catalog.privacy.SealedPlace;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** What is kept of messages that cannot be promoted. */
class QuarantinedRowsTest {
  private static StepFigures figures(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    StepFigures figures = ((JobOutcome.Done) outcome).figures();
    assertThat(figures.balances()).isTrue();
    return figures;
  }

  private static final String LOOPING = "'^(a|aa)+\\\\1b$'";

  /** On it that pattern backtracks for longer than anybody waits. */
  private static final String ENDLESS = "\"note\":\"" + "a".repeat(60) + "!\"";

  @Test
  void whatCannotBePromotedIsKeptWithReasonAndSealedBytes() {
    LandedByHand landed =
        new LandedByHand(
                ContractFixture.of("poison")
                    .with(personal("plate", new SivToken("plate")))
                    .with(optional("speed", Simple.INT))
                    .with(new RowRule("speed-is-sane", "speed < 300", "x"))
                    .with(new RowRule("no-crash", "1 / speed > 0", "x"))
                    .with(optional("note", Simple.STRING))
                    .with(new RowRule("no-loop", "note IS NULL OR NOT note RLIKE " + LOOPING, "x"))
                    .build())
            .land(
                List.of(
                    Map.entry(0, event(1, NOON, "\"speed\":5").getBytes(UTF_8)),
                    Map.entry(0, LandedByHand.TOMBSTONE),
                    Map.entry(0, new byte[0]),
                    Map.entry(0, "{\"plate\":\"XQ-771-ZZ\"".getBytes(UTF_8)),
                    Map.entry(0, event(2, NOON, "\"speed\":500").getBytes(UTF_8)),
                    Map.entry(0, event(3, NOON, "\"speed\":0").getBytes(UTF_8)),
                    Map.entry(0, event(4, NOON, "").getBytes(UTF_8)),
                    Map.entry(0, event(5, NOON, "\"speed\":\"x\"").getBytes(UTF_8)),
                    Map.entry(0, event(6, NOON, "\"speed\":5,\"note\":\"aab\"").getBytes(UTF_8)),
                    Map.entry(0, event(7, NOON, "\"speed\":5," + ENDLESS).getBytes(UTF_8)),
                    Map.entry(0, event(8, NOON, "\"speed\":5,\"note\":\"b\"").getBytes(UTF_8))));

    StepFigures figures = figures(landed.promote());

    assertThat(figures.taken()).isEqualTo(11);
    assertThat(figures.published()).isEqualTo(2);
    assertThat(landed.quarantine("sequence", "fate", "reason", "field", "size", "payload is null"))
        .containsExactly(
            RowFactory.create(1L, "quarantined", "TOMBSTONE", null, 0, true),
            RowFactory.create(2L, "quarantined", "EMPTY", null, 0, false),
            RowFactory.create(3L, "quarantined", "NOT_JSON", null, 20, false),
            RowFactory.create(4L, "quarantined", "RULE:speed-is-sane", null, 44, false),
            RowFactory.create(5L, "quarantined", "RULE:no-crash", null, 42, false),
            RowFactory.create(6L, "quarantined", "RULE:speed-is-sane", null, 32, false),
            RowFactory.create(7L, "quarantined", "WRONG_TYPE", "speed", 44, false),
            RowFactory.create(8L, "quarantined", "RULE:no-loop", null, 55, false),
            RowFactory.create(9L, "quarantined", "RULE:no-loop", null, 113, false));
    byte[] sealed = (byte[]) landed.quarantine("payload")[2].get(0);
    assertThat(new String(sealed, UTF_8)).doesNotContain("XQ-771");
    assertThat(landed.cipher().unseal(sealed, SealedPlace.context(LandedByHand.lane(0), 3)))
        .isEqualTo("{\"plate\":\"XQ-771-ZZ\"".getBytes(UTF_8));
  }
}
