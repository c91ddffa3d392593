package dev.sluice.refined.anonymity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.map_values;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.privacy.ScreenText;
import dev.sluice.catalog.privacy.TokenGrammar;
import dev.sluice.catalog.run.RuleResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Looks into every text that is to leave, also in parts of nested columns, for what no policy lets
 * out: tokens and pseudonyms by their grammar, e-mail addresses, and account and card numbers whose
 * check digits hold. The other patterns of personal data (plates, phones) match too much that is
 * harmless to block an export.
 */
public final class ScanExportedText {
  private static final List<String> CERTAIN = List.of("[email]", "[iban]", "[card]");

  private ScanExportedText() {}

  /** One result per column that holds text: how many of its values have a hit; must be 0. */
  public static List<RuleResult> on(Dataset<Row> leaving) {
    UserDefinedFunction hit =
        udf((UDF1<String, Boolean>) ScanExportedText::isHit, DataTypes.BooleanType);
    List<String> names = new ArrayList<>();
    List<Column> hits = new ArrayList<>();
    for (StructField field : leaving.schema().fields()) {
      Column column = col("`" + field.name().replace("`", "``") + "`");
      inTexts(column, field.dataType(), hit)
          .ifPresent(
              found -> {
                names.add(field.name());
                hits.add(coalesce(sum(when(found, lit(1L)).otherwise(0L)), lit(0L)));
              });
    }
    if (names.isEmpty()) {
      return List.of();
    }
    Row counted = leaving.select(hits.toArray(Column[]::new)).first();
    List<RuleResult> results = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      long found = counted.getLong(i);
      results.add(
          new RuleResult("export.no-token-in." + names.get(i), found, "= 0", found == 0, true));
    }
    return results;
  }

  /** Whether a text has something in it that must not leave. */
  static boolean isHit(@Nullable String text) {
    if (text == null) {
      return false;
    }
    if (TokenGrammar.occursIn(text)) {
      return true;
    }
    String screened = ScreenText.screen(text);
    return CERTAIN.stream().anyMatch(kind -> screened.contains(kind) && !text.contains(kind));
  }

  /**
   * Whether one of the texts in a value has a hit; empty for a type that holds no text. Numbers are
   * left alone: the check digit of a card number holds for every tenth time in milliseconds.
   */
  private static Optional<Column> inTexts(Column value, DataType type, UserDefinedFunction hit) {
    if (type instanceof StringType) {
      return Optional.of(hit.apply(value));
    }
    if (type instanceof ArrayType array) {
      return inElements(value, array.elementType(), hit);
    }
    if (type instanceof MapType map) {
      return either(
          Stream.of(
              inElements(map_keys(value), map.keyType(), hit),
              inElements(map_values(value), map.valueType(), hit)));
    }
    if (type instanceof StructType struct) {
      return either(
          Arrays.stream(struct.fields())
              .map(part -> inTexts(value.getField(part.name()), part.dataType(), hit)));
    }
    return Optional.empty();
  }

  private static Optional<Column> inElements(
      Column list, DataType element, UserDefinedFunction hit) {
    boolean holdsText = inTexts(lit(null), element, hit).isPresent();
    return holdsText
        ? Optional.of(exists(list, each -> inTexts(each, element, hit).orElseThrow()))
        : Optional.empty();
  }

  private static Optional<Column> either(Stream<Optional<Column>> found) {
    return found.flatMap(Optional::stream).reduce(Column::or);
  }
}
