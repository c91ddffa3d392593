package dev.sluice.stage.decode;

import java.math.BigDecimal;
import org.apache.avro.Conversion;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Reads whole numbers that stand for decimals without their point. Avro has no such kind; landing
 * names it {@value #NAME}, with its {@code scale}, in the schemas of Parquet files, which have it.
 */
final class ScaledNumbers extends Conversion<BigDecimal> {
  static final String NAME = "scaled";

  static {
    LogicalTypes.register(NAME, ScaledNumbers::of);
  }

  private static final class Scaled extends LogicalType {
    private final int scale;

    Scaled(int scale) {
      super(NAME);
      this.scale = scale;
    }
  }

  private static LogicalType of(Schema schema) {
    if (schema.getObjectProp("scale") instanceof Integer scale) {
      return new Scaled(scale);
    }
    throw new IllegalArgumentException(
        "Expected numbers of kind " + NAME + " to tell their scale; a newer version landed them");
  }

  @Override
  public Class<BigDecimal> getConvertedType() {
    return BigDecimal.class;
  }

  @Override
  public String getLogicalTypeName() {
    return NAME;
  }

  @Override
  public BigDecimal fromInt(Integer value, Schema schema, LogicalType type) {
    return fromLong(value.longValue(), schema, type);
  }

  @Override
  public BigDecimal fromLong(Long value, Schema schema, LogicalType type) {
    return BigDecimal.valueOf(value, ((Scaled) type).scale);
  }
}
