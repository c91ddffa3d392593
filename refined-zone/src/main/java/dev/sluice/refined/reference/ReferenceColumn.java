package dev.sluice.refined.reference;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ReferenceTable.Column;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.refined.CannotRefine;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one column of a reference table, exactly: what does not fit the declared type is refused,
 * nothing is rounded or cut.
 *
 * @param index its place in the result, from 1
 * @param table for messages
 */
record ReferenceColumn(int index, Column column, String table) {
  private static final int YEARS = 9_999;

  /** Whether values of this Postgres type (its name in the catalog) fit without loss. */
  boolean accepts(String postgres) {
    return accepted().contains(postgres);
  }

  private Set<String> accepted() {
    if (column.type() instanceof ColumnType.Simple simple) {
      return switch (simple) {
        case BOOLEAN -> Set.of("bool");
        case INT -> Set.of("int2", "int4", "serial", "smallserial");
        case BIGINT -> Set.of("int2", "int4", "int8", "serial", "smallserial", "bigserial");
        case FLOAT -> Set.of("float4");
        case DOUBLE -> Set.of("float4", "float8");
        case STRING -> Set.of("text", "varchar", "bpchar", "name", "uuid");
        case BINARY -> Set.of("bytea");
        case DATE -> Set.of("date");
        case TIMESTAMP -> Set.of("timestamptz");
        case TIMESTAMP_NTZ -> Set.of("timestamp");
      };
    }
    return column.type() instanceof ColumnType.Decimal
        ? Set.of("numeric", "int2", "int4", "int8")
        : Set.of();
  }

  /** The value of the current row as Spark's rows hold it. */
  Optional<Object> value(ResultSet row) throws SQLException {
    if (row.getObject(index) == null) {
      if (column.required()) {
        throw fault("is null in a row, but the contract requires it", "fill it there");
      }
      return Optional.empty();
    }
    return Optional.of(present(row));
  }

  private Object present(ResultSet row) throws SQLException {
    if (column.type() instanceof ColumnType.Decimal decimal) {
      return exact(row.getBigDecimal(index), decimal);
    }
    return switch ((ColumnType.Simple) column.type()) {
      case BOOLEAN -> row.getBoolean(index);
      case INT -> row.getInt(index);
      case BIGINT -> row.getLong(index);
      case FLOAT -> row.getFloat(index);
      case DOUBLE -> row.getDouble(index);
      case STRING -> row.getString(index);
      case BINARY -> row.getBytes(index);
      case DATE -> bounded(row.getObject(index, LocalDate.class));
      case TIMESTAMP -> bounded(row.getObject(index, OffsetDateTime.class));
      case TIMESTAMP_NTZ -> bounded(row.getObject(index, LocalDateTime.class));
    };
  }

  private BigDecimal exact(BigDecimal value, ColumnType.Decimal type) {
    BigDecimal stripped = value.stripTrailingZeros();
    if (Math.max(stripped.scale(), 0) > type.scale()
        || stripped.precision() - stripped.scale() > type.precision() - type.scale()) {
      throw fault("has a value that does not fit " + type.ddl(), "widen the declared type");
    }
    return stripped.setScale(type.scale());
  }

  private Object bounded(OffsetDateTime value) {
    bounded(value.toLocalDate());
    return value.toInstant();
  }

  private Object bounded(LocalDateTime value) {
    bounded(value.toLocalDate());
    return value;
  }

  /** Postgres knows infinity, and years that others do not. */
  private Object bounded(LocalDate value) {
    if (value.getYear() < 1 || value.getYear() > YEARS) {
      throw fault("has a time outside the years 1 to " + YEARS, "correct or clear it there");
    }
    return value;
  }

  private CannotRefine fault(String what, String todo) {
    return new CannotRefine(
        FailureKind.DATA,
        "Column "
            + column.name()
            + " of reference table "
            + table
            + " "
            + what
            + ". To do: "
            + todo);
  }
}
