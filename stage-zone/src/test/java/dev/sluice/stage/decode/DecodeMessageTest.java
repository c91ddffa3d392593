package dev.sluice.stage.decode;

import static dev.sluice.stage.ContractFixture.column;
import static dev.sluice.stage.ContractFixture.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeMessageTest {
  private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();
  private static final String GOOD = "\"id\":1,\"seen_at\":" + NOON;

  private final DecodeMessage decode = new DecodeMessage(new MessagePlan(EveryType.CONTRACT));

  private Decoded decoded(String fields) {
    return decodedBytes(
        ("{" + GOOD + (fields.isEmpty() ? "" : "," + fields) + "}").getBytes(UTF_8));
  }

  private Decoded decodedBytes(byte[] bytes) {
    return decode.decode(bytes, NOON * 1000);
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
  void everyTypeIsReadExactly() {
    Decoded read =
        decoded(
            """
            "flag":true,"small":-7,"real":1.5,"short":0.25,"price":12.3,"bytes":"AAEC",
            "day":"2024-02-29","at":"2026-11-20T12:00:00.123456+01:00",
            "local":"2026-11-20T12:00:00","at_micros":1,"tags":["a",null,"\\u00e9"],
            "place":{"floor":3,"city":"Graz","unknown":[1,{"x":2}]},"colour":"red","code":"AB",
            "word":"\\ud83d\\ude97\\ud83d\\ude97","share":1""");

    assertThat(value(read, "id")).isEqualTo(1L);
    assertThat(value(read, "seen_at")).isEqualTo(Instant.ofEpochMilli(NOON));
    assertThat(value(read, "flag")).isEqualTo(true);
    assertThat(value(read, "small")).isEqualTo(-7);
    assertThat(value(read, "real")).isEqualTo(1.5);
    assertThat(value(read, "short")).isEqualTo(0.25f);
    assertThat(value(read, "price")).isEqualTo(new BigDecimal("12.30"));
    assertThat(value(read, "bytes")).isEqualTo(new byte[] {0, 1, 2});
    assertThat(value(read, "day")).isEqualTo(LocalDate.parse("2024-02-29"));
    assertThat(value(read, "at")).isEqualTo(Instant.parse("2026-11-20T11:00:00.123456Z"));
    assertThat(value(read, "local")).isEqualTo(LocalDateTime.parse("2026-11-20T12:00:00"));
    assertThat(value(read, "at_micros")).isEqualTo(Instant.EPOCH.plusNanos(1000));
    assertThat(value(read, "tags")).isEqualTo(new Object[] {"a", null, "\u00e9"});
    assertThat(value(read, "small_again")).isEqualTo(new Object[] {"a", null, "\u00e9"});
    assertThat(value(read, "place")).isEqualTo(RowFactory.create("Graz", 3));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'id':1,'seen_at':1795176000000,'id':2|DUPLICATE_FIELD id",
        "'x':1,'x':2|DUPLICATE_FIELD",
        "'seen_at':1795176000000|MISSING_FIELD id",
        "'id':null,'seen_at':1795176000000|MISSING_FIELD id",
        "'id':1|MISSING_FIELD seen_at",
        "'id':'1'|WRONG_TYPE id",
        "'id':1.0|WRONG_TYPE id",
        "'id':true|WRONG_TYPE id",
        "'id':[1]|WRONG_TYPE id",
        "'id':9223372036854775808|OUT_OF_RANGE id",
        "'id':NaN|NOT_JSON",
        "'id':01|NOT_JSON",
        "'id':1,'seen_at':253402300800000|OUT_OF_RANGE seen_at",
        "'id':1,'seen_at':9223372036854775807|OUT_OF_RANGE seen_at",
        "'id':1,'seen_at':0|TIME_OUT_OF_BOUNDS seen_at",
        "'id':1,'seen_at':1795179600001|TIME_OUT_OF_BOUNDS seen_at",
        "'id':1,'seen_at':1795179600000|readable",
        "'id':1,'seen_at':'2026-11-20'|WRONG_TYPE seen_at",
      })
  void keyAndTimeAreHeldToTheContract(String fields, String fate) {
    Decoded read = decodedBytes(("{" + fields.replace('\'', '"') + "}").getBytes(UTF_8));

    assertThat(fate(read)).isEqualTo(fate);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'flag':1|WRONG_TYPE flag",
        "'small':2147483648|OUT_OF_RANGE small",
        "'real':1e400|OUT_OF_RANGE real",
        "'real':-1e400|OUT_OF_RANGE real",
        "'real':Infinity|NOT_JSON",
        "'short':1e39|OUT_OF_RANGE short",
        "'price':12.345|OUT_OF_RANGE price",
        "'price':12345|OUT_OF_RANGE price",
        "'price':1e999999999|OUT_OF_RANGE price",
        "'price':1e99999999999|OUT_OF_RANGE price",
        "'price':1e-999999999|OUT_OF_RANGE price",
        "'price':1000e2147483647|OUT_OF_RANGE price",
        "'price':1000e-2147483647|OUT_OF_RANGE price",
        "'price':1000e-5|readable",
        "'real':1000e2147483647|OUT_OF_RANGE real",
        "'real':1000e-2147483647|readable",
        "'price':0e999999999|readable",
        "'price':12.300000|readable",
        "'price':'1'|WRONG_TYPE price",
        "'bytes':'%%'|WRONG_TYPE bytes",
        "'day':'2026-02-30'|BAD_TIME day",
        "'day':'0000-01-01'|OUT_OF_RANGE day",
        "'day':'20.11.2026'|BAD_TIME day",
        "'at':'2026-11-20T12:00:00'|BAD_TIME at",
        "'at':'2026-11-20T25:00:00Z'|BAD_TIME at",
        "'at':'+10000-01-01T00:00:00Z'|OUT_OF_RANGE at",
        "'at':''|BAD_TIME at",
        "'local':'2026-11-20T12:00:00Z'|BAD_TIME local",
        "'tags':{}|WRONG_TYPE tags",
        "'tags':['a',1]|WRONG_TYPE tags.[]",
        "'tags':'a'|WRONG_TYPE tags",
        "'place':{'floor':1}|MISSING_FIELD place.city",
        "'place':{'city':'a','floor':'b'}|WRONG_TYPE place.floor",
        "'place':{'city':'a','city':'b'}|DUPLICATE_FIELD place",
        "'place':[]|WRONG_TYPE place",
        "'colour':'green'|NOT_ALLOWED colour",
        "'code':'abc'|PATTERN code",
        "'word':'a'|LENGTH word",
        "'word':'abcd'|LENGTH word",
        "'share':1.01|OUT_OF_RANGE share",
        "'share':-0.0|readable",
        "'heat':99.9|readable",
        "'heat':0.1|readable",
        "'heat':100|OUT_OF_RANGE heat",
        "'grade':1.0|readable",
        "'grade':1.5|readable",
        "'grade':1.51|NOT_ALLOWED grade",
        "'factor':1|readable",
        "'factor':0.1|readable",
        "'factor':0.2|NOT_ALLOWED factor",
        "'colour':null|readable",
        "'colour':'\\ud800'|NOT_UTF8 colour",
      })
  void valuesAreHeldToTheContract(String field, String fate) {
    assertThat(fate(decoded(field.replace('\'', '"')))).isEqualTo(fate);
  }

  @Test
  void patternThatBacktracksWithoutEndEndsSoon() {
    assertThat(fate(decoded("\"hard\":\"" + "a".repeat(2000) + "b\""))).isEqualTo("PATTERN hard");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[1]|NOT_AN_OBJECT",
        "7|NOT_AN_OBJECT",
        "\"x\"|NOT_AN_OBJECT",
        "null|NOT_AN_OBJECT",
        "[1|NOT_JSON",
        "{|NOT_JSON",
        "{} {}|TRAILING_DATA",
        "{} x|TRAILING_DATA",
        "{'a':1}|NOT_JSON",
        "{\"a\":1,}|NOT_JSON",
        "// c|NOT_JSON",
      })
  void onlyOneObjectIsAMessage(String text, String reason) {
    assertThat(fate(decodedBytes(text.getBytes(UTF_8)))).isEqualTo(reason);
  }

  @Test
  void bytesThatAreNoTextAreNamedAsSuch() {
    HexFormat hex = HexFormat.of();

    assertThat(fate(decode.decode(null, 0))).isEqualTo("TOMBSTONE");
    assertThat(fate(decodedBytes(new byte[0]))).isEqualTo("EMPTY");
    assertThat(fate(decodedBytes(" \n".getBytes(UTF_8)))).isEqualTo("NOT_JSON");
    assertThat(fate(decodedBytes(new byte[5000]))).isEqualTo("TOO_LARGE");
    assertThat(fate(decodedBytes(hex.parseHex("7b22c3289022")))).isEqualTo("NOT_UTF8");
    assertThat(fate(decodedBytes(hex.parseHex("7b22c0af22")))).isEqualTo("NOT_UTF8");
    assertThat(fate(decodedBytes(hex.parseHex("7b22eda08022")))).isEqualTo("NOT_UTF8");
    assertThat(fate(decodedBytes(hex.parseHex("efbbbf7b7d")))).isEqualTo("NOT_JSON");
    assertThat(fate(decodedBytes("{}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE))))
        .isEqualTo("NOT_JSON");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 1000})
  void depthIsBounded(int depth) {
    String nested = "\"x\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1);

    assertThat(fate(decoded(nested))).isEqualTo(depth > 8 ? "TOO_DEEP" : "readable");
  }

  @Test
  void whatAReaderFailsWithIsAReasonToo() {
    Decoded failed =
        decode.decode(
            new byte[] {1},
            0,
            (bytes, values) -> {
              throw new IllegalStateException("of one message");
            },
            false);

    assertThat(fate(failed)).isEqualTo("UNREADABLE");
  }

  @Test
  void textFormShowsNoValue() {
    assertThat(decoded("\"colour\":\"red\"").toString()).isEqualTo("Decoded[readable]");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingThatComesInMakesItThrow(long seed) {
    Random random = new Random(seed);
    byte[] good =
        ("{"
                + GOOD
                + ",\"price\":12.3,\"tags\":[\"a\"],\"place\":{\"city\":\"G\"},\"at\":\"2026-11-20T12:00:00Z\",\"x\":[{}]}")
            .getBytes(UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = random.nextInt(10) == 0 ? new byte[random.nextInt(200)] : good.clone();
      if (bytes.length != good.length) {
        random.nextBytes(bytes);
      } else {
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
          bytes[random.nextInt(bytes.length)] =
              random.nextBoolean()
                  ? (byte) random.nextInt(256)
                  : (byte) "{}[]\",:0123456789eE+-.\\nultrfas".charAt(random.nextInt(31));
        }
      }

      Decoded read = decodedBytes(bytes);

      assertThat(read.reason().isPresent() || read.values()[0] != null).isTrue();
    }
  }
}
