package dev.sluice.catalog.contract;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/** The type of a column, without any engine; {@link #ddl()} is Spark's and Iceberg's text of it. */
public sealed interface ColumnType extends Serializable {
  String ddl();

  /** Types without parts. */
  enum Simple implements ColumnType {
    BOOLEAN("boolean"),
    INT("int"),
    BIGINT("bigint"),
    FLOAT("float"),
    DOUBLE("double"),
    STRING("string"),
    BINARY("binary"),
    DATE("date"),
    TIMESTAMP("timestamp"),
    TIMESTAMP_NTZ("timestamp_ntz");

    private final String ddl;

    Simple(String ddl) {
      this.ddl = ddl;
    }

    @Override
    public String ddl() {
      return ddl;
    }
  }

  /** An exact number of at most 38 digits. */
  record Decimal(int precision, int scale) implements ColumnType {
    public Decimal {
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "decimal(p,s) needs 1 <= p <= 38 and 0 <= s <= p; got " + precision + "," + scale);
      }
    }

    @Override
    public String ddl() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /** A list of one element type. */
  record Array(ColumnType element) implements ColumnType {
    @Override
    public String ddl() {
      return "array<" + element.ddl() + ">";
    }
  }

  /** Named parts, in order. */
  record Struct(List<Field> fields) implements ColumnType {
    public Struct {
      fields = List.copyOf(fields);
    }

    @Override
    public String ddl() {
      return fields.stream()
          .map(f -> "`" + f.name() + "`: " + f.type().ddl())
          .collect(Collectors.joining(", ", "struct<", ">"));
    }
  }

  /** One part of a {@link Struct}. */
  record Field(String name, ColumnType type, boolean required) implements Serializable {}
}
