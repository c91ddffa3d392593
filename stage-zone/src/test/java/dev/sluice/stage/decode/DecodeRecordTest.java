package dev.sluice.stage.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodeRecordTest {
  private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();

  private final DecodeRecord decode = new DecodeRecord(new MessagePlan(EveryType.CONTRACT));

  private Decoded csv(String header, String record) {
    return csv(header, record.getBytes(UTF_8));
  }

  private Decoded csv(String header, byte[] record) {
    String file =
        "{\"format\":\"csv\",\"delimiter\":\",\",\"quote\":\"'\",\"header\":\"" + header + "\"}";
    return decode.decode(record, file.getBytes(UTF_8), null, NOON * 1000);
  }

  private static Object value(Decoded decoded, String column) {
    assertThat(decoded.reason()).isEmpty();
    List<String> names = EveryType.CONTRACT.stage().columns().stream().map(c -> c.name()).toList();
    return decoded.values()[names.indexOf(column)];
  }

  private static String fate(Decoded decoded) {
    return decoded.reason().map(Reason::name).orElse("readable")
        + decoded.field().map(f -> " " + f).orElse("");
  }

  @Test
  void csvFieldsGoByTheirNamesAndAreReadExactly() {
    Decoded read =
        csv(
            "note,small,seen_at,id,flag,real,price,bytes,day,at,local,tags,place,word",
            "x,-7.0,"
                + NOON
                + ",+1,TRUE,1.5e3,12.3,AAEC,2024-02-29,2026-11-20T12:00:00+01:00,"
                + "2026-11-20T12:00:00,'[\"a\",null]','{\"floor\":3,\"city\":\"Graz\",\"gate\":1}','i''s'\r");

    assertThat(read.unknown()).containsExactlyInAnyOrder("note", "place.gate");
    assertThat(value(read, "id")).isEqualTo(1L);
    assertThat(value(read, "seen_at")).isEqualTo(Instant.ofEpochMilli(NOON));
    assertThat(value(read, "small")).isEqualTo(-7);
    assertThat(value(read, "flag")).isEqualTo(true);
    assertThat(value(read, "real")).isEqualTo(1500.0);
    assertThat(value(read, "price")).isEqualTo(new BigDecimal("12.30"));
    assertThat(value(read, "bytes")).isEqualTo(new byte[] {0, 1, 2});
    assertThat(value(read, "day")).isEqualTo(LocalDate.parse("2024-02-29"));
    assertThat(value(read, "at")).isEqualTo(Instant.parse("2026-11-20T11:00:00Z"));
    assertThat(value(read, "local")).isEqualTo(LocalDateTime.parse("2026-11-20T12:00:00"));
    assertThat(value(read, "tags")).isEqualTo(new Object[] {"a", null});
    assertThat(value(read, "place")).isEqualTo(RowFactory.create("Graz", 3));
    assertThat(value(read, "word")).isEqualTo("i's");
  }

  @Test
  void anUnquotedNullMarkIsNoValueAndAQuotedOneIsText() {
    assertThat(value(csv("id,seen_at,word", "1," + NOON + ","), "word")).isNull();
    assertThat(fate(csv("id,seen_at,small", "1," + NOON + ",''"))).isEqualTo("WRONG_TYPE small");
    assertThat(fate(csv("id,seen_at", "," + NOON))).isEqualTo("MISSING_FIELD id");
    assertThat(fate(csv("seen_at", "" + NOON))).isEqualTo("MISSING_FIELD id");
  }

  /** Column, field as it stands, fate. */
  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
      small | 2147483648 | OUT_OF_RANGE small
      small | 1.5 | WRONG_TYPE small
      small | ~ 7~ | WRONG_TYPE small
      small | 7e1 | WRONG_TYPE small
      small | 0x7 | WRONG_TYPE small
      small | - | WRONG_TYPE small
      small | 007 | readable
      small | 7.00 | readable
      small | 7. | WRONG_TYPE small
      real | NaN | WRONG_TYPE real
      real | Infinity | WRONG_TYPE real
      real | 1e999 | OUT_OF_RANGE real
      real | 1d | WRONG_TYPE real
      real | 1e | WRONG_TYPE real
      real | .5 | WRONG_TYPE real
      real | 1_0 | WRONG_TYPE real
      real | \u0661 | WRONG_TYPE real
      price | 1.005 | OUT_OF_RANGE price
      price | 1e999999999999 | OUT_OF_RANGE price
      price | 1000e2147483647 | OUT_OF_RANGE price
      price | 1000e-2147483647 | OUT_OF_RANGE price
      flag | 1 | WRONG_TYPE flag
      flag | False | readable
      day | 2026-02-30 | BAD_TIME day
      day | 20.11.2026 | BAD_TIME day
      at | 2026-11-20T12:00:00 | BAD_TIME at
      seen_at | 2026-11-20T12:00:00Z | WRONG_TYPE seen_at
      bytes | *** | WRONG_TYPE bytes
      tags | '["a"' | NOT_JSON tags
      tags | '["a"] ["b"]' | TRAILING_DATA tags
      tags | a | NOT_JSON tags
      word | 'a'b | NOT_CSV
      word | 'a | NOT_CSV
      word | a,b | FIELD_COUNT
      """)
  void whatTheContractDoesNotAllowIsSetAside(String column, String field, String fate) {
    String at = column.equals("seen_at") ? "" : ",seen_at";
    assertThat(
            fate(
                csv(
                    "id" + at + "," + column,
                    "1" + (at.isEmpty() ? "" : "," + NOON) + "," + field)))
        .isEqualTo(fate);
  }

  @Test
  void recordsOfOddBytesAndHeadersAreSetAside() {
    assertThat(fate(csv("id,seen_at,word", new byte[] {'1', ',', (byte) 0xc3, ',', 'x'})))
        .isEqualTo("NOT_UTF8");
    assertThat(fate(csv("id,id,seen_at", "1,2," + NOON))).isEqualTo("DUPLICATE_FIELD");
    assertThat(fate(csv("id,seen_at", "1"))).isEqualTo("FIELD_COUNT");
    assertThat(fate(csv("id,seen_at", "x".repeat(5000)))).isEqualTo("TOO_LARGE");
  }

  @Test
  void messagesAndLinesOfFilesAreJson() {
    byte[] line = ("{\"id\":1,\"seen_at\":" + NOON + "}\r").getBytes(UTF_8);

    assertThat(fate(decode.decode(line, null, null, NOON * 1000))).isEqualTo("readable");
    assertThat(
            fate(decode.decode(line, "{\"format\":\"ndjson\"}".getBytes(UTF_8), null, NOON * 1000)))
        .isEqualTo("readable");
  }

  private static final Schema PLACE =
      SchemaBuilder.record("place")
          .fields()
          .requiredInt("floor")
          .requiredString("city")
          .optionalInt("gate")
          .endRecord();

  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"r","fields":[
               {"name":"id","type":"long"},
               {"name":"seen_at","type":["null",{"type":"long","logicalType":"timestamp-nanos"}]},
               {"name":"note","type":["null","string"],"default":null},
               {"name":"small","type":["null","int","long","string"],"default":null},
               {"name":"real","type":["null","double","float"],"default":null},
               {"name":"price","type":["null",
                 {"type":"bytes","logicalType":"decimal","precision":20,"scale":3}],"default":null},
               {"name":"bytes","type":["null","bytes"],"default":null},
               {"name":"day","type":["null",{"type":"int","logicalType":"date"}],"default":null},
               {"name":"at","type":["null",{"type":"fixed","name":"INT96","size":12},
                 {"type":"long","logicalType":"local-timestamp-micros"}],"default":null},
               {"name":"local","type":["null",
                 {"type":"long","logicalType":"local-timestamp-millis"}],"default":null},
               {"name":"tags","type":["null",{"type":"array","items":["null","string"]}],
                "default":null},
               {"name":"place","type":["null",%s],"default":null},
               {"name":"word","type":["null",{"type":"string","avro.java.string":"String"}],
                "default":null}]}"""
                  .formatted(PLACE));

  private static GenericRecordBuilder good() {
    return new GenericRecordBuilder(SCHEMA).set("id", 1L).set("seen_at", NOON * 1_000_000);
  }

  private Decoded avro(GenericRecordBuilder record) throws IOException {
    return avro(bytes(record.build()));
  }

  private Decoded avro(byte[] bytes) {
    String file = "{\"format\":\"avro\",\"schema\":" + SCHEMA + "}";
    return decode.decode(bytes, file.getBytes(UTF_8), null, NOON * 1000);
  }

  private static byte[] bytes(GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(SCHEMA).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  @Test
  void avroFieldsAreReadExactlyWhateverTheirOrder() throws IOException {
    // INT96 of 2026-11-20T11:00:00Z: nanoseconds of the day and the Julian day, low bytes first
    byte[] int96 =
        ByteBuffer.allocate(12)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .putLong(11 * 3_600_000_000_000L)
            .putInt(2_440_588 + (int) LocalDate.parse("2026-11-20").toEpochDay())
            .array();
    Decoded read =
        avro(
            good()
                .set("note", "n")
                .set("small", -7)
                .set("real", 1.5f)
                .set(
                    "price",
                    ByteBuffer.wrap(new BigDecimal("12.300").unscaledValue().toByteArray()))
                .set("bytes", ByteBuffer.wrap(new byte[] {0, 1, 2}))
                .set("day", (int) LocalDate.parse("2024-02-29").toEpochDay())
                .set(
                    "at",
                    new GenericData.Fixed(SCHEMA.getField("at").schema().getTypes().get(1), int96))
                .set(
                    "local",
                    LocalDateTime.parse("2026-11-20T12:00:00")
                        .toInstant(java.time.ZoneOffset.UTC)
                        .toEpochMilli())
                .set("tags", Arrays.asList("a", null))
                .set(
                    "place",
                    new GenericRecordBuilder(PLACE).set("floor", 3).set("city", "Graz").build())
                .set("word", "i's"));

    assertThat(read.unknown()).containsExactlyInAnyOrder("note", "place.gate");
    assertThat(value(read, "id")).isEqualTo(1L);
    assertThat(value(read, "seen_at")).isEqualTo(Instant.ofEpochMilli(NOON));
    assertThat(value(read, "small")).isEqualTo(-7);
    assertThat(value(read, "real")).isEqualTo(1.5);
    assertThat(value(read, "price")).isEqualTo(new BigDecimal("12.30"));
    assertThat(value(read, "bytes")).isEqualTo(new byte[] {0, 1, 2});
    assertThat(value(read, "day")).isEqualTo(LocalDate.parse("2024-02-29"));
    assertThat(value(read, "at")).isEqualTo(Instant.parse("2026-11-20T11:00:00Z"));
    assertThat(value(read, "local")).isEqualTo(LocalDateTime.parse("2026-11-20T12:00:00"));
    assertThat(value(read, "tags")).isEqualTo(new Object[] {"a", null});
    assertThat(value(read, "place")).isEqualTo(RowFactory.create("Graz", 3));
    assertThat(value(read, "word")).isEqualTo("i's");
  }

  @Test
  void avroValuesThatTheContractDoesNotAllowAreSetAside() throws IOException {
    assertThat(fate(avro(good().set("small", 1L << 40)))).isEqualTo("OUT_OF_RANGE small");
    assertThat(fate(avro(good().set("small", "7")))).isEqualTo("WRONG_TYPE small");
    assertThat(fate(avro(good().set("real", Double.NaN)))).isEqualTo("OUT_OF_RANGE real");
    assertThat(fate(avro(good().set("seen_at", null)))).isEqualTo("MISSING_FIELD seen_at");
    assertThat(fate(avro(good().set("at", 1L)))).isEqualTo("WRONG_TYPE at");
    assertThat(fate(avro(good().set("price", ByteBuffer.wrap(new byte[] {1})))))
        .isEqualTo("OUT_OF_RANGE price");
    byte[] whole = bytes(good().build());
    assertThat(fate(avro(Arrays.copyOf(whole, whole.length - 3)))).isEqualTo("NOT_AVRO");
    assertThat(fate(avro(Arrays.copyOf(whole, whole.length + 1)))).isEqualTo("NOT_AVRO");
    byte[] bad = bytes(good().set("word", "abc").build());
    bad[bad.length - 2] = (byte) 0xff;
    assertThat(fate(avro(bad))).isEqualTo("NOT_UTF8 word");
  }
}
