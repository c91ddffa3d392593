package dev.sluice.stage.decode;

import static dev.sluice.stage.ContractFixture.column;
import static dev.sluice.stage.ContractFixture.field;
import static dev.sluice.stage.ContractFixture.optional;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.PrivacyMethod.Keep;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.stage.ContractFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns {@code email} of owner.email, {@code far} of a.b.c, {@code depot} and its gate. */
class FieldPathsTest {
  private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();

  private final DecodeRecord decode =
      new DecodeRecord(
          new MessagePlan(
              ContractFixture.of("paths")
                  .with(of("email", "owner.email", Simple.STRING))
                  .with(of("far", "a.b.c", Simple.INT))
                  .with(
                      optional(
                          "depot",
                          new ColumnType.Struct(
                              List.of(new ColumnType.Field("city", Simple.STRING, false)))))
                  .with(of("gate", "depot.gate", Simple.INT))
                  .build()));

  private static StageColumn of(String name, String path, ColumnType type) {
    return column(name, type, false, 0, new Keep(), field(path, type));
  }

  /** Fields, what is read, unknown fields. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
      "owner":{"name":"x","email":"e","n":{"email":1}} | [e, null, null, null] | [owner.name, owner.n]
      "owner.email":"e" | [e, null, null, null] | []
      "owner":"x","owner.email":"e" | [e, null, null, null] | []
      "owner":"x","owner.email":null | [null, null, null, null] | []
      "owner":null | [null, null, null, null] | []
      "owner":{"email":null} | [null, null, null, null] | []
      "a":{"b":{"c":7,"d":1}} | [null, 7, null, null] | [a.b.d]
      "depot":{"gate":3,"city":"G","x":1} | [null, null, [G], 3] | [depot.x]
      "depot":{"city":"G"},"depot.gate":3 | [null, null, [G], 3] | []
      "owner":"x" | WRONG_TYPE owner.email | []
      "owner":[{"email":"e"}] | WRONG_TYPE owner.email | []
      "a":{"b":5} | WRONG_TYPE a.b.c | []
      "owner":{"email":5} | WRONG_TYPE owner.email | []
      "depot":5 | WRONG_TYPE depot | []
      "owner":{"email":"e"},"owner.email":"e" | DUPLICATE_FIELD owner.email | []
      "owner":{"email":"e","email":"e"} | DUPLICATE_FIELD owner.email | []
      "owner":{"x":1,"x":2} | DUPLICATE_FIELD owner | [owner.x]
      """)
  void namesWithDotsLeadThroughObjects(String fields, String read, String unknown) {
    Decoded decoded =
        decode.decode(
            ("{\"id\":1,\"seen_at\":" + NOON + "," + fields + "}").getBytes(UTF_8),
            null,
            null,
            NOON * 1000);

    assertThat(told(decoded)).isEqualTo(read);
    assertThat(Arrays.toString(decoded.unknown())).isEqualTo(unknown);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
      owner,depot | '{"email":"e","x":1}','{"gate":3,"city":"G"}' | [e, null, [G], 3]
      owner.email,a.b.c | e,7 | [e, 7, null, null]
      owner,owner.email | x,e | [e, null, null, null]
      owner,owner.email | x, | [null, null, null, null]
      owner | x | WRONG_TYPE owner.email
      owner | '{"email"' | NOT_JSON owner
      owner | '{"email":"e"} x' | NOT_JSON owner
      """)
  void objectsInFieldsOfCsvAreEnteredToo(String header, String record, String read) {
    String file =
        "{\"format\":\"csv\",\"delimiter\":\",\",\"quote\":\"'\",\"header\":\"id,seen_at,"
            + header
            + "\"}";

    Decoded decoded =
        decode.decode(
            ("1," + NOON + "," + record).getBytes(UTF_8), file.getBytes(UTF_8), null, NOON * 1000);

    assertThat(told(decoded)).isEqualTo(read);
  }

  @Test
  void recordsOfAvroAreEnteredToo() throws IOException {
    Schema depot =
        SchemaBuilder.record("depot")
            .fields()
            .optionalString("city")
            .optionalInt("gate")
            .endRecord();
    Schema owner =
        SchemaBuilder.record("owner").fields().requiredString("email").optionalInt("x").endRecord();
    Schema schema =
        SchemaBuilder.record("r")
            .fields()
            .requiredLong("id")
            .requiredLong("seen_at")
            .name("depot")
            .type(depot)
            .noDefault()
            .name("owner")
            .type(owner)
            .noDefault()
            .endRecord();
    GenericRecord record =
        new GenericRecordBuilder(schema)
            .set("id", 1L)
            .set("seen_at", NOON)
            .set("depot", new GenericRecordBuilder(depot).set("city", "G").set("gate", 3).build())
            .set("owner", new GenericRecordBuilder(owner).set("email", "e").build())
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    encoder.flush();

    Decoded decoded =
        decode.decode(
            out.toByteArray(),
            ("{\"format\":\"avro\",\"schema\":" + schema + "}").getBytes(UTF_8),
            null,
            NOON * 1000);

    assertThat(told(decoded)).isEqualTo("[e, null, [G], 3]");
    assertThat(decoded.unknown()).containsExactly("owner.x");
  }

  private static String told(Decoded decoded) {
    return decoded
        .reason()
        .map(reason -> reason + decoded.field().map(f -> " " + f).orElse(""))
        .orElseGet(() -> Arrays.asList(decoded.values()).subList(2, 6).toString());
  }
}
