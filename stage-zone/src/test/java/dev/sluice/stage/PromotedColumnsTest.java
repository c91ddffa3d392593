package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.optional;
import static dev.sluice.stage.ContractFixture.personal;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.PrivacyMethod.Drop;
import dev.sluice.catalog.contract.PrivacyMethod.Generalise;
import dev.sluice.catalog.contract.PrivacyMethod.HmacPseudonym;
import dev.sluice.catalog.contract.PrivacyMethod.Keep;
import dev.sluice.catalog.contract.PrivacyMethod.ScreenText;
import dev.sluice.catalog.contract.PrivacyMethod.SivToken;
import dev.sluice.catalog.contract.PrivacyMethod.Suppress;
import dev.sluice.catalog.contract.SourceField.TimeFormat;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** What the columns of promoted rows hold. */
class PromotedColumnsTest {
  private static StepFigures figures(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    StepFigures figures = ((JobOutcome.Done) outcome).figures();
    assertThat(figures.balances()).isTrue();
    return figures;
  }

  @Test
  void personalColumnsAreChangedByTheirMethod() {
    LandedByHand landed =
        new LandedByHand(
                ContractFixture.of("methods")
                    .with(personal("plate", new SivToken("plate")))
                    .with(personal("person", new HmacPseudonym("person")))
                    .with(personal("remark", new ScreenText()))
                    .with(personal("zip", new Generalise("2")))
                    .with(personal("mail", new Suppress()))
                    .with(
                        ContractFixture.column(
                            "owner_token",
                            Simple.STRING,
                            false,
                            0,
                            new SivToken("owner"),
                            ContractFixture.field("owner.email", Simple.STRING)))
                    .with(personal("secret", new Drop()))
                    .build())
            .land(
                event(
                    1,
                    NOON,
                    "\"plate\":\"XQ-771-ZZ\",\"person\":\"p1\",\"remark\":\"ask"
                        + " ana@example.org\",\"zip\":\"8010\",\"mail\":\"a@b.org\",\"secret\":\"s\","
                        + "\"owner\":{\"email\":\"o@b.org\",\"shoe\":44}"),
                event(2, NOON, ""));

    StepFigures figures = figures(landed.promote());

    assertThat(figures.notes()).containsEntry("unknownField.owner.shoe", 1L);
    assertThat(landed.stage("plate", "person", "remark", "zip", "mail", "owner_token"))
        .containsExactly(
            RowFactory.create(
                landed.cipher().token("plate", "XQ-771-ZZ"),
                landed.cipher().pseudonym("person", "p1"),
                "ask [email]",
                "80",
                null,
                landed.cipher().token("owner", "o@b.org")),
            RowFactory.create(null, null, null, null, null, null));
    assertThat(landed.lake.read("methods_stage.sightings").columns()).doesNotContain("secret");
  }

  @Test
  void numbersAndTimesAreMadeCoarser() {
    LandedByHand landed =
        new LandedByHand(
                ContractFixture.of("coarse")
                    .with(generalised("speed", Simple.INT, "10"))
                    .with(generalised("big", Simple.BIGINT, "1000"))
                    .with(generalised("share", Simple.DOUBLE, "0.5"))
                    .with(generalised("short", Simple.FLOAT, "1e38"))
                    .with(generalised("at", Simple.TIMESTAMP, "HOUR"))
                    .build())
            .land(
                event(1, NOON, "\"speed\":-7,\"big\":1999,\"share\":0.7,\"at\":" + (NOON + 1)),
                event(2, NOON, "\"big\":-9223372036854775808"),
                event(3, NOON, "\"share\":1e19"),
                event(4, NOON, "\"short\":-3.4e38"),
                event(5, NOON, "\"short\":-7"));

    StepFigures figures = figures(landed.promote());

    assertThat(landed.stage("speed", "big", "share", "short", "unix_millis(at)"))
        .containsExactly(
            RowFactory.create(-10, 1000L, 0.5, null, NOON),
            RowFactory.create(null, null, null, -1e38f, null));
    assertThat(figures.reasons()).isEqualTo(Map.of("OUT_OF_RANGE", 3L));
    assertThat(landed.quarantine("field"))
        .containsExactly(
            RowFactory.create("big"), RowFactory.create("share"), RowFactory.create("short"));
  }

  private static StageColumn generalised(String name, Simple type, String step) {
    return ContractFixture.column(
        name, type, false, 0, new Generalise(step), ContractFixture.field(name, type));
  }

  @Test
  void everyTypeReachesStageAsItIs() {
    LandedByHand landed =
        new LandedByHand(
                ContractFixture.of("types")
                    .with(optional("flag", Simple.BOOLEAN))
                    .with(optional("real", Simple.FLOAT))
                    .with(optional("price", new ColumnType.Decimal(9, 3)))
                    .with(optional("bytes", Simple.BINARY))
                    .with(iso("day", Simple.DATE))
                    .with(iso("local", Simple.TIMESTAMP_NTZ))
                    .with(iso("days", new ColumnType.Array(Simple.DATE)))
                    .with(
                        iso(
                            "stops",
                            new ColumnType.Array(
                                new ColumnType.Struct(
                                    List.of(
                                        new ColumnType.Field("name", Simple.STRING, true),
                                        new ColumnType.Field("at", Simple.TIMESTAMP, false))))))
                    .build())
            .land(
                event(
                    1,
                    NOON,
                    "\"flag\":true,\"real\":0.5,\"price\":1.25,\"bytes\":\"AAE=\","
                        + "\"day\":\"2026-02-28\",\"local\":\"2026-02-28T01:02:03\","
                        + "\"days\":[\"2024-02-29\",null],"
                        + "\"stops\":[{\"name\":\"a\",\"at\":\"2026-01-01T00:00:00Z\"},{\"name\":\"b\"}]"))
            .land(event(1, NOON, "\"price\":1.25"), event(2, NOON, ""));

    StepFigures figures = figures(landed.promote());

    assertThat(figures.reasons()).isEqualTo(Map.of("CONFLICTING_PAYLOAD", 1L));
    assertThat(
            landed
                .stage(
                    "to_json(struct(flag, real, price, hex(bytes) AS hex, day, local, days, stops))")[
                0]
                .getString(0))
        .isEqualTo(
            "{\"flag\":true,\"real\":0.5,\"price\":1.250,\"hex\":\"0001\","
                + "\"day\":\"2026-02-28\",\"local\":\"2026-02-28T01:02:03.000\","
                + "\"days\":[\"2024-02-29\",null],"
                + "\"stops\":[{\"name\":\"a\",\"at\":\"2026-01-01T00:00:00.000Z\"},"
                + "{\"name\":\"b\"}]}");
  }

  private static StageColumn iso(String name, ColumnType type) {
    return ContractFixture.column(
        name, type, false, 0, new Keep(), ContractFixture.field(name, type, TimeFormat.ISO_8601));
  }

  @Test
  void aTextTooLongForTheNameOfItsPartitionIsSetAside() {
    LandedByHand landed =
        new LandedByHand(
                ContractFixture.of("longward")
                    .with(optional("ward", Simple.STRING))
                    .partitionedBy("ward")
                    .build())
            .land(
                event(1, NOON, "\"ward\":\"" + "a".repeat(250) + "\""),
                event(2, NOON, "\"ward\":\"" + "a".repeat(251) + "\""),
                event(3, NOON, "\"ward\":\"" + "ü".repeat(42) + "\""),
                event(4, NOON, ""));

    StepFigures figures = figures(landed.promote());

    assertThat(figures.reasons()).isEqualTo(Map.of("OUT_OF_RANGE", 2L));
    assertThat(landed.stage("id"))
        .containsExactlyInAnyOrder(RowFactory.create(1L), RowFactory.create(4L));
  }
}
