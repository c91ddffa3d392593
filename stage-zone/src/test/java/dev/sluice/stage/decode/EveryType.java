package dev.sluice.stage.decode;

import static dev.sluice.stage.ContractFixture.bounded;
import static dev.sluice.stage.ContractFixture.column;
import static dev.sluice.stage.ContractFixture.field;
import static dev.sluice.stage.ContractFixture.oneOf;
import static dev.sluice.stage.ContractFixture.optional;
import static dev.sluice.stage.ContractFixture.text;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PrivacyMethod.Keep;
import dev.sluice.catalog.contract.SourceField.TimeFormat;
import dev.sluice.stage.ContractFixture;
import java.util.List;

/** A contract with a column of every type, for decoding. */
final class EveryType {
  static final DataContract CONTRACT =
      ContractFixture.of("city")
          .with(optional("flag", Simple.BOOLEAN))
          .with(optional("small", Simple.INT))
          .with(optional("real", Simple.DOUBLE))
          .with(optional("short", Simple.FLOAT))
          .with(optional("price", new ColumnType.Decimal(6, 2)))
          .with(optional("bytes", Simple.BINARY))
          .with(
              column(
                  "day",
                  Simple.DATE,
                  false,
                  0,
                  new Keep(),
                  field("day", Simple.DATE, TimeFormat.ISO_8601)))
          .with(
              column(
                  "at",
                  Simple.TIMESTAMP,
                  false,
                  0,
                  new Keep(),
                  field("at", Simple.TIMESTAMP, TimeFormat.ISO_8601)))
          .with(
              column(
                  "local",
                  Simple.TIMESTAMP_NTZ,
                  false,
                  0,
                  new Keep(),
                  field("local", Simple.TIMESTAMP_NTZ, TimeFormat.ISO_8601)))
          .with(
              column(
                  "at_micros",
                  Simple.TIMESTAMP,
                  false,
                  0,
                  new Keep(),
                  field("at_micros", Simple.TIMESTAMP, TimeFormat.EPOCH_MICROS)))
          .with(optional("tags", new ColumnType.Array(Simple.STRING)))
          .with(
              optional(
                  "place",
                  new ColumnType.Struct(
                      List.of(
                          new ColumnType.Field("city", Simple.STRING, true),
                          new ColumnType.Field("floor", Simple.INT, false)))))
          .with(
              optional(
                  "stops",
                  new ColumnType.Array(
                      new ColumnType.Struct(
                          List.of(new ColumnType.Field("city", Simple.STRING, false))))))
          .with(
              column(
                  "colour",
                  Simple.STRING,
                  false,
                  0,
                  new Keep(),
                  text("colour", null, 0, 0, "red", "blue")))
          .with(
              column("code", Simple.STRING, false, 0, new Keep(), text("code", "^[A-Z]{2}$", 0, 0)))
          .with(column("hard", Simple.STRING, false, 0, new Keep(), text("hard", "^(a+)+$", 0, 0)))
          .with(column("word", Simple.STRING, false, 0, new Keep(), text("word", null, 2, 3)))
          .with(
              column(
                  "share",
                  Simple.DOUBLE,
                  false,
                  0,
                  new Keep(),
                  bounded("share", Simple.DOUBLE, "0", "1")))
          .with(
              column(
                  "heat",
                  Simple.FLOAT,
                  false,
                  0,
                  new Keep(),
                  bounded("heat", Simple.FLOAT, "0.1", "99.9")))
          .with(
              column(
                  "grade",
                  new ColumnType.Decimal(4, 2),
                  false,
                  0,
                  new Keep(),
                  oneOf("grade", new ColumnType.Decimal(4, 2), "1", "1.50")))
          .with(
              column(
                  "factor",
                  Simple.DOUBLE,
                  false,
                  0,
                  new Keep(),
                  oneOf("factor", Simple.DOUBLE, "1", "0.10")))
          .with(
              column(
                  "small_again",
                  Simple.STRING,
                  false,
                  0,
                  new Keep(),
                  field("tags", new ColumnType.Array(Simple.STRING))))
          .build();

  private EveryType() {}
}
