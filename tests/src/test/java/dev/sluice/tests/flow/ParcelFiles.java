package dev.sluice.tests.flow;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Parcels in files of typed formats, by writers that are not ours. */
final class ParcelFiles {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"parcel","fields":[
               {"name":"scan","type":"string"},
               {"name":"scanned_at","type":{"type":"long","logicalType":"timestamp-millis"}},
               {"name":"sent_on","type":{"type":"int","logicalType":"date"}},
               {"name":"depot","type":{"type":"record","name":"depot","fields":[
                {"name":"code","type":"string"},{"name":"dock","type":["null","int"]},
                {"name":"address","type":{"type":"record","name":"address","fields":[
                 {"name":"city","type":"string"},
                 {"name":"opened_on","type":["null",{"type":"int","logicalType":"date"}]}]}}]}},
               {"name":"weights","type":{"type":"array","items":
                {"type":"bytes","logicalType":"decimal","precision":6,"scale":3}}},
               {"name":"items","type":{"type":"array","items":{"type":"record","name":"item","fields":[
                {"name":"sku","type":"string"},{"name":"pieces","type":"int"},
                {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}}]}}},
               {"name":"paid","type":{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}},
               {"name":"fragile","type":"boolean"},
               {"name":"recipient","type":"string"}]}""");

  private static final String COLUMNS =
      "scan STRING, scanned_at TIMESTAMP, sent_on DATE, depot STRUCT<code: STRING, dock: INT,"
          + " address: STRUCT<city: STRING, opened_on: DATE>>, weights ARRAY<DECIMAL(6,3)>, items"
          + " ARRAY<STRUCT<sku: STRING, pieces: INT, price: DECIMAL(9,2)>>, paid DECIMAL(12,2),"
          + " fragile BOOLEAN, recipient STRING";

  private ParcelFiles() {}

  /** A statement that writes JSON lines as Parquet files, types and all. */
  static String asParquet(Path lines, Path folder) {
    return "INSERT OVERWRITE DIRECTORY '"
        + folder.toUri()
        + "' USING parquet SELECT parcel.* FROM (SELECT from_json(value, '"
        + COLUMNS
        + "') AS parcel FROM text.`"
        + lines.toUri()
        + "`)";
  }

  static void avro(List<Parcel> parcels, Path file) throws IOException {
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA))) {
      writer.setCodec(CodecFactory.deflateCodec(6)).create(SCHEMA, file.toFile());
      for (Parcel parcel : parcels) {
        writer.append(record(parcel));
      }
    }
  }

  private static GenericRecord record(Parcel parcel) {
    Schema depot = SCHEMA.getField("depot").schema();
    GenericData.Record address = new GenericData.Record(depot.getField("address").schema());
    address.put("city", parcel.city());
    address.put("opened_on", day("1999-12-31"));
    GenericData.Record place = new GenericData.Record(depot);
    place.put("code", parcel.depot());
    place.put("dock", 7);
    place.put("address", address);
    GenericData.Record record = new GenericData.Record(SCHEMA);
    record.put("scan", parcel.scan());
    record.put("scanned_at", Instant.parse(parcel.sentOn() + "T10:00:00Z").toEpochMilli());
    record.put("sent_on", day(parcel.sentOn()));
    record.put("depot", place);
    record.put("weights", parcel.weights().stream().map(w -> number(w, 3)).toList());
    record.put("items", parcel.pieces().stream().map(ParcelFiles::item).toList());
    record.put("paid", number(parcel.paid(), 2));
    record.put("fragile", true);
    record.put("recipient", parcel.recipient());
    return record;
  }

  private static GenericRecord item(int pieces) {
    GenericData.Record item =
        new GenericData.Record(SCHEMA.getField("items").schema().getElementType());
    item.put("sku", "sku-" + pieces);
    item.put("pieces", pieces);
    item.put("price", number(new BigDecimal(pieces + ".50"), 2));
    return item;
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }

  private static ByteBuffer number(BigDecimal value, int scale) {
    return ByteBuffer.wrap(value.setScale(scale).unscaledValue().toByteArray());
  }
}
