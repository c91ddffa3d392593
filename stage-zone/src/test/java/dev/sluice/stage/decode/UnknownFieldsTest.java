package dev.sluice.stage.decode;

import static dev.sluice.stage.ContractFixture.column;
import static dev.sluice.stage.ContractFixture.field;
import static dev.sluice.stage.ContractFixture.optional;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PrivacyMethod.Keep;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.stage.ContractFixture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownFieldsTest {
  private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();
  private static final String GOOD = "\"id\":1,\"seen_at\":" + NOON;

  private final DecodeMessage decode = new DecodeMessage(new MessagePlan(EveryType.CONTRACT));

  private Decoded decoded(String fields) {
    return decode.decode(("{" + GOOD + "," + fields + "}").getBytes(UTF_8), NOON * 1000);
  }

  @Test
  void unknownFieldsAreToldByFitNamesOnly() {
    assertThat(
            decoded(
                    """
                    "extra":1,"XQ-771-ZZ":2,"ana@example.org":3,"a b":4,"n0001":5,"other":{"z":1},\
                    "_lastSeen":6,"line2":7,"ab_12_cd":8""")
                .unknown())
        .containsExactly("extra", UnknownNames.NOT_A_NAME, "other", "_lastSeen", "line2");
  }

  @Test
  void unknownPartsOfObjectsAreToldByTheirPath() {
    assertThat(decoded("\"place\":{\"city\":\"Graz\",\"gate\":{\"z\":1},\"AB-12-CD\":2}").unknown())
        .containsExactly("place.gate", "place." + UnknownNames.NOT_A_NAME);
    assertThat(
            decoded("\"stops\":[{\"city\":\"a\",\"gate\":1},{\"gate\":null,\"tags\":[{}]}]")
                .unknown())
        .containsExactly("stops.gate", "stops.tags");
  }

  @Test
  void aPartThatAnotherColumnReadsIsNotUnknown() {
    DataContract two =
        ContractFixture.of("parts")
            .with(part("depot", "city"))
            .with(
                column(
                    "again",
                    struct("floor"),
                    false,
                    0,
                    new Keep(),
                    field("depot", struct("floor"))))
            .build();

    Decoded read =
        new DecodeMessage(new MessagePlan(two))
            .decode(
                ("{" + GOOD + ",\"depot\":{\"city\":\"a\",\"floor\":\"b\",\"gate\":1}}")
                    .getBytes(UTF_8),
                NOON * 1000);

    assertThat(read.reason()).isEmpty();
    assertThat(read.unknown()).containsExactly("depot.gate");
  }

  private static StageColumn part(String name, String part) {
    return optional(name, struct(part));
  }

  private static ColumnType struct(String part) {
    return new ColumnType.Struct(List.of(new ColumnType.Field(part, Simple.STRING, false)));
  }

  @Test
  void unknownNamesAreBounded() {
    StringBuilder many = new StringBuilder("\"a\":1");
    for (int i = 0; i < 26; i++) {
      many.append(",\"x").append((char) ('a' + i)).append("\":1");
    }

    assertThat(decoded(many.toString()).unknown())
        .hasSize(UnknownNames.LIMIT + 1)
        .endsWith(UnknownNames.FURTHER);
  }
}
