package dev.sluice.stage;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.PrivacyMethod.Generalise;
import dev.sluice.catalog.contract.PrivacyMethod.HmacPseudonym;
import dev.sluice.catalog.contract.PrivacyMethod.ScreenText;
import dev.sluice.catalog.contract.PrivacyMethod.SivToken;
import dev.sluice.catalog.contract.PrivacyMethod.Suppress;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.privacy.SealedPlace;
import dev.sluice.catalog.privacy.WrappedKeyset;
import java.math.BigDecimal;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;

/**
 * What stage gets for a clear column, by the contract's privacy method. All of it happens in the
 * task that decoded the row; keys travel wrapped.
 */
final class PrivacyColumns {
  private static final Map<String, String> EXACT =
      Map.of(
          "timestampFormat",
          "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
          "timestampNTZFormat",
          "yyyy-MM-dd'T'HH:mm:ss.SSSSSS",
          "ignoreNullFields",
          "false");

  private final CipherOfTask cipher;

  PrivacyColumns(WrappedKeyset keyset) {
    this.cipher = new CipherOfTask(keyset);
  }

  /** The stage column made from the clear column of the same name; null stays null. */
  Column stage(StageColumn column) {
    Column clear = col(column.name());
    return method(column.privacy(), clear, column.source().type())
        .try_cast(column.type().ddl())
        .as(column.name());
  }

  /** The sealed bytes of a value that came at a place of a lane. */
  Column sealed(Column value, Column lane, Column sequence) {
    CipherOfTask keys = cipher;
    UDF3<byte[], String, Long, byte[]> seal =
        (bytes, name, place) ->
            bytes == null ? null : keys.get().seal(bytes, SealedPlace.context(name, place));
    return udf(seal, DataTypes.BinaryType).apply(value, lane, sequence);
  }

  private Column method(PrivacyMethod method, Column clear, ColumnType type) {
    CipherOfTask keys = cipher;
    if (method instanceof SivToken token) {
      String domain = token.domain();
      return text(v -> keys.get().token(domain, v), canonical(clear, type));
    }
    if (method instanceof HmacPseudonym pseudonym) {
      String domain = pseudonym.domain();
      return text(v -> keys.get().pseudonym(domain, v), canonical(clear, type));
    }
    if (method instanceof ScreenText) {
      return text(dev.sluice.catalog.privacy.ScreenText::screen, clear);
    }
    if (method instanceof Generalise generalise) {
      return coarser(clear, type, generalise.step());
    }
    return method instanceof Suppress ? lit(null) : clear;
  }

  private static Column text(ChangeText.Change change, Column value) {
    return udf(new ChangeText(change), DataTypes.StringType).apply(value);
  }

  /** One text for one value: what Spark's cast gives in UTC, Base64 for bytes, JSON for parts. */
  static Column canonical(Column clear, ColumnType type) {
    if (type instanceof ColumnType.Array || type instanceof ColumnType.Struct) {
      return to_json(clear, EXACT);
    }
    if (type == Simple.BINARY) {
      return base64(clear);
    }
    return type == Simple.STRING ? clear : clear.cast("string");
  }

  /** Null where the bucket's number is beyond 64 bits, or its edge beyond the type. */
  private static Column coarserFloat(Column clear, ColumnType type, Column width) {
    Column buckets = clear.divide(width);
    Column edge = floor(buckets).multiply(width).cast(type.ddl());
    return when(
        abs(buckets).lt(lit(0x1p63)).and(abs(edge).lt(lit(Double.POSITIVE_INFINITY))), edge);
  }

  private static Column coarser(Column clear, ColumnType type, String step) {
    if (type == Simple.STRING) {
      return substring(clear, 1, Integer.parseInt(step));
    }
    if (type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_NTZ || type == Simple.DATE) {
      return date_trunc(step, clear);
    }
    if (type == Simple.FLOAT || type == Simple.DOUBLE) {
      return coarserFloat(clear, type, lit(Double.parseDouble(step)));
    }
    // as decimals: near the ends of bigint the lower edge of a bucket may not fit; then null
    Column width = lit(new BigDecimal(step));
    return TryColumn.of(floor(clear.cast("decimal(38,9)").divide(width)).multiply(width));
  }
}
