package dev.sluice.stage.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Avro that its specification does not allow, and that files have all the same. */
class ReadAvroTest {
  private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();
  private static final String RECORD = "{'type':'record','name':'r','fields':[%s]}";
  private static final String GOOD =
      RECORD.formatted(
          "{'name':'id','type':'long'},"
              + "{'name':'seen_at','type':{'type':'long','logicalType':'timestamp-millis'}}");

  private final DecodeRecord decode = new DecodeRecord(new MessagePlan(EveryType.CONTRACT));

  @Test
  void namesAndDefaultsThatItsSpecificationForbidsAreNoObstacle() throws IOException {
    String schema =
        """
        {"type":"record","name":"r","namespace":"com.my-company.events","fields":[
         {"name":"id","type":"long"},
         {"name":"seen_at","type":{"type":"long","logicalType":"timestamp-millis"}},
         {"name":"tail-number","type":["null","string"],"default":"null"}]}""";

    Decoded read = avro(written(1, NOON, 0), schema);

    assertThat(value(read, "id")).isEqualTo(1L);
    assertThat(value(read, "seen_at")).isEqualTo(Instant.ofEpochMilli(NOON));
  }

  @Test
  void columnsOfParquetGoByTheNamesTheyHadThere() throws IOException {
    String schema =
        RECORD.formatted(
            "{'name':'i_d','type':'long','sluice.column':'id'},"
                + "{'name':'seen_at','type':{'type':'long','logicalType':'timestamp-millis'}},"
                + "{'name':'word','type':'long','sluice.column':'note'}");

    Decoded read = avro(written(1, NOON, 3), schema);

    assertThat(value(read, "id")).isEqualTo(1L);
    assertThat(value(read, "word")).isNull();
    assertThat(read.unknown()).containsExactly("note");
  }

  @Test
  void whatNobodyCanReadSetsItsOwnRowsAsideOnly() throws IOException {
    String symbols = "{'name':'word','type':{'type':'enum','name':'e','symbols':['a']}}";
    String uuids = "{'name':'word','type':{'type':'string','logicalType':'uuid'}}";

    assertThat(fate(avro(new byte[] {2}, "{'type':'recor'}"))).isEqualTo("NOT_AVRO");
    assertThat(fate(avro(written(7), RECORD.formatted(symbols)))).isEqualTo("NOT_AVRO");
    assertThat(fate(avro(new byte[] {2, 'x'}, RECORD.formatted(uuids)))).isEqualTo("NOT_AVRO");
    assertThat(fate(avro(written(1, NOON), GOOD))).isEqualTo("readable");
  }

  private Decoded avro(byte[] bytes, String schema) {
    String file = "{\"format\":\"avro\",\"schema\":" + schema.replace('\'', '"') + "}";
    return decode.decode(bytes, file.getBytes(UTF_8), null, NOON * 1000);
  }

  /** Whole numbers, which are Avro's symbols and branches of unions too. */
  private static byte[] written(long... numbers) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    for (long number : numbers) {
      encoder.writeLong(number);
    }
    encoder.flush();
    return out.toByteArray();
  }

  private static Object value(Decoded decoded, String column) {
    assertThat(decoded.reason()).isEmpty();
    List<String> names = EveryType.CONTRACT.stage().columns().stream().map(c -> c.name()).toList();
    return decoded.values()[names.indexOf(column)];
  }

  private static String fate(Decoded decoded) {
    return decoded.reason().map(Reason::name).orElse("readable");
  }
}
