package dev.sluice.stage.decode;

import static dev.sluice.stage.ContractFixture.column;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Evolution;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.ProducerVersions;
import dev.sluice.catalog.contract.SourceField;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.stage.ContractFixture;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One column has had two names; one field has had two types, each with a column of its own. */
class ProducerPlansTest {
  private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();

  private static final List<StageColumn> COLUMNS =
      List.of(
          of("colour", Simple.STRING, "colour", List.of("color"), List.of()),
          of("price", Simple.STRING, "price", List.of(), List.of("2")),
          of("price_cents", Simple.BIGINT, "price", List.of(), List.of("1")));

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "v":1,"color":"red","price":250 | [red, null, 250] |
          "colour":"red","price":"2.50","v":"2" | [red, 2.50, null] |
          "color":"red","price":250 | [red, null, 250] |
          "v":null,"price":250 | [null, null, 250] |
          "v":3,"colour":"red" | | UNKNOWN_VERSION v
          "v":{"x":1} | | UNKNOWN_VERSION v
          "v":true | | UNKNOWN_VERSION v
          "v":1,"price":"2.50" | | WRONG_TYPE price
          "v":2,"price":250 | | WRONG_TYPE price
          "v":2,"color":"red","colour":"red" | | DUPLICATE_FIELD colour
          "v":2,"v":2 | | DUPLICATE_FIELD
          """)
  void eachVersionIsReadInItsOwnWay(String fields, String values, String reason) {
    Decoded decoded = decode(Optional.of("1"), fields);

    if (reason == null) {
      assertThat(decoded.reason()).isEmpty();
      assertThat(Arrays.asList(decoded.values()).subList(2, 5)).asString().isEqualTo(values);
    } else {
      assertThat(fate(decoded)).isEqualTo(reason);
    }
    assertThat(decoded.unknown()).isEmpty();
  }

  @Test
  void aMessageWithoutItsVersionWaitsUnlessTheContractSaysWhatItIs() {
    assertThat(fate(decode(Optional.empty(), "\"color\":\"red\""))).isEqualTo("UNKNOWN_VERSION v");
  }

  @Test
  void whatIsNoMessageKeepsItsOwnReason() {
    DecodeMessage decode = new DecodeMessage(new MessagePlan(contract(Optional.of("1"))));

    assertThat(fate(decode.decode("[1]".getBytes(UTF_8), NOON * 1000))).isEqualTo("NOT_AN_OBJECT");
    assertThat(fate(decode.decode("{\"v\":1".getBytes(UTF_8), NOON * 1000))).isEqualTo("NOT_JSON");
    assertThat(fate(decode.decode(null, NOON * 1000))).isEqualTo("TOMBSTONE");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "1, '\"price\":250', readable",
    "2, '\"price\":\"2.50\",\"v\":1', readable",
    "2, '\"price\":250', WRONG_TYPE price",
    "3, '\"price\":250', UNKNOWN_VERSION producer",
    ", '\"price\":250', readable",
    "'', '\"price\":250', UNKNOWN_VERSION producer",
  })
  void aHeaderTellsTheVersionAndTheMessageDoesNot(String header, String fields, String fate) {
    DecodeMessage decode =
        new DecodeMessage(
            new MessagePlan(
                contract(
                    ProducerVersions.inHeader("producer", List.of("1", "2"), Optional.of("1")))));

    Decoded decoded =
        decode.decode(message(fields), header == null ? null : header.getBytes(UTF_8), NOON * 1000);

    assertThat(fate(decoded)).isEqualTo(fate);
    assertThat(decoded.unknown().length > 0).isEqualTo(fields.contains("\"v\""));
  }

  private static byte[] message(String fields) {
    return ("{\"id\":1,\"seen_at\":" + NOON + "," + fields + "}").getBytes(UTF_8);
  }

  private static Decoded decode(Optional<String> unversioned, String fields) {
    return new DecodeMessage(new MessagePlan(contract(unversioned)))
        .decode(message(fields), NOON * 1000);
  }

  private static String fate(Decoded decoded) {
    return decoded.reason().map(Reason::name).orElse("readable")
        + decoded.field().map(f -> " " + f).orElse("");
  }

  private static StageColumn of(
      String name, ColumnType type, String field, List<String> aliases, List<String> versions) {
    SourceField source =
        new SourceField(
            field,
            type,
            SourceField.TimeFormat.ISO_8601,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            aliases,
            versions);
    return column(name, type, false, 0, new PrivacyMethod.Keep(), source);
  }

  private static DataContract contract(Optional<String> unversioned) {
    return contract(ProducerVersions.inField("v", List.of("1", "2"), unversioned));
  }

  private static DataContract contract(ProducerVersions producers) {
    ContractFixture fixture = ContractFixture.of("decode");
    COLUMNS.forEach(fixture::with);
    return fixture.build().with(new Evolution(Optional.empty(), Optional.of(producers)));
  }
}
