package dev.sluice.refined.anonymity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.privacy.ScreenText;
import dev.sluice.catalog.privacy.TokenGrammar;
import dev.sluice.catalog.run.RuleResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Looks into every text that is to leave for what no policy lets out: tokens and pseudonyms by
 * their grammar, e-mail addresses, and account and card numbers whose check digits hold. The other
 * patterns of personal data (plates, phones) match too much that is harmless to block an export.
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
    Arrays.stream(leaving.schema().fields())
        .filter(field -> holdsText(field.dataType()))
        .forEach(
            field -> {
              Column column = col("`" + field.name().replace("`", "``") + "`");
              Column text = field.dataType() instanceof StringType ? column : to_json(column);
              names.add(field.name());
              hits.add(coalesce(sum(when(hit.apply(text), lit(1L)).otherwise(0L)), lit(0L)));
            });
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

  private static boolean holdsText(org.apache.spark.sql.types.DataType type) {
    if (type instanceof ArrayType array) {
      return holdsText(array.elementType());
    }
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).map(StructField::dataType).anyMatch(t -> holdsText(t));
    }
    return type instanceof StringType;
  }
}
