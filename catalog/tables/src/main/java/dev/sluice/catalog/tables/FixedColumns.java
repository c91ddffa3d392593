package dev.sluice.catalog.tables;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The columns that no contract declares: those of raw and quarantine, and the edition of a row. */
final class FixedColumns {
  static final String EDITION = "_edition";
  static final Type LONG = Types.LongType.get();
  private static final Type TEXT = Types.StringType.get();
  private static final Type BYTES = Types.BinaryType.get();
  private static final Type TIME = Types.TimestampType.withZone();

  private FixedColumns() {}

  static Schema raw() {
    return new Schema(
        required(1, EDITION, LONG, "edition in which the row appeared"),
        required(2, "lane", TEXT, "Kafka partition or other source"),
        required(3, "sequence", LONG, "place in the lane"),
        required(4, "source_time", Types.TimestampType.withZone(), "the source's time of it"),
        required(5, "landed_at", TIME, "when it was landed"),
        optional(6, "key", BYTES, "key as received"),
        optional(7, "value", BYTES, "value as received"),
        optional(
            8,
            "headers",
            Types.ListType.ofOptional(
                9, Types.StructType.of(required(10, "key", TEXT), optional(11, "value", BYTES))),
            "headers as received"));
  }

  static Schema quarantine() {
    return new Schema(
        required(1, EDITION, LONG, "edition in which the row appeared"),
        required(2, "lane", TEXT, "lane of the raw row"),
        required(3, "sequence", LONG, "its place in the lane"),
        required(4, "raw_edition", LONG, "its edition in raw"),
        required(5, "fate", TEXT, "quarantined, duplicate or suppressed"),
        required(6, "reason", TEXT, "typed code"),
        optional(7, "field", TEXT, "field it is about"),
        required(8, "contract_version", TEXT, "version that judged it"),
        required(9, "size", Types.IntegerType.get(), "bytes of the value"),
        optional(10, "payload", BYTES, "sealed value"),
        optional(11, "duplicate_of_lane", TEXT, "lane of the row that was kept"),
        optional(12, "duplicate_of_sequence", LONG, "its place in the lane"));
  }
}
