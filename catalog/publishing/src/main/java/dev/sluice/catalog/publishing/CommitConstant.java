package dev.sluice.catalog.publishing;

import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.udf;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.types.DataTypes;

/**
 * A value that is the same in all rows of a commit and another in the next. Not a literal: Spark
 * puts a literal number into the code that it generates, so that each commit would compile its code
 * anew and begin it unoptimised.
 */
public final class CommitConstant {
  private CommitConstant() {}

  /** A bigint. */
  public static Column of(long value) {
    UDF0<Long> always = () -> value;
    return udf(always, DataTypes.LongType).asNondeterministic().asNonNullable().apply();
  }

  /** A timestamp, in whole microseconds. */
  public static Column of(Instant moment) {
    return timestamp_micros(of(ChronoUnit.MICROS.between(Instant.EPOCH, moment)));
  }
}
