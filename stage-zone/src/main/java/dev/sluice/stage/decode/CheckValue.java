package dev.sluice.stage.decode;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Decimal;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.SourceField;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** One condition of the contract on a clear value. */
interface CheckValue extends Serializable {
  Set<ColumnType> NUMBERS = Set.of(Simple.INT, Simple.BIGINT, Simple.FLOAT, Simple.DOUBLE);

  void check(Object value) throws Rejected;

  /** The conditions of a field: cheap ones first, the pattern last. */
  static List<CheckValue> of(SourceField field) {
    boolean bounded = field.minimum().isPresent() || field.maximum().isPresent();
    if (bounded && !NUMBERS.contains(field.type()) && !(field.type() instanceof Decimal)) {
      throw new IllegalArgumentException(
          "A minimum or maximum needs a number; field "
              + field.name()
              + " is a "
              + field.type().ddl()
              + ". Correct the contract");
    }
    List<CheckValue> checks = new ArrayList<>();
    field.minLength().ifPresent(least -> checks.add(length(least, Integer.MAX_VALUE)));
    field.maxLength().ifPresent(most -> checks.add(length(0, most)));
    field.minimum().ifPresent(low -> checks.add(v -> orOutOfRange(number(v, low) >= 0)));
    field.maximum().ifPresent(high -> checks.add(v -> orOutOfRange(number(v, high) <= 0)));
    if (!field.allowed().isEmpty()) {
      checks.add(allowed(new HashSet<>(field.allowed())));
    }
    field.pattern().ifPresent(pattern -> checks.add(pattern(Pattern.compile(pattern))));
    return checks;
  }

  private static CheckValue length(int least, int most) {
    return value -> {
      if (value instanceof String text) {
        int length = text.codePointCount(0, text.length());
        if (length < least || length > most) {
          throw new Rejected(Reason.LENGTH);
        }
      }
    };
  }

  private static CheckValue allowed(Set<String> allowed) {
    return value -> {
      String text = value instanceof BigDecimal exact ? exact.toPlainString() : value.toString();
      if (!allowed.contains(text)) {
        throw new Rejected(Reason.NOT_ALLOWED);
      }
    };
  }

  /** Found anywhere, as JSON Schema has it; the contract anchors it where it means the whole. */
  private static CheckValue pattern(Pattern pattern) {
    return value -> {
      if (value instanceof String text && !BudgetedText.isFound(pattern, text)) {
        throw new Rejected(Reason.PATTERN);
      }
    };
  }

  private static void orOutOfRange(boolean held) throws Rejected {
    if (!held) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
  }

  private static int number(Object value, BigDecimal bound) {
    if (value instanceof Long || value instanceof Integer) {
      return BigDecimal.valueOf(((Number) value).longValue()).compareTo(bound);
    }
    if (value instanceof BigDecimal exact) {
      return exact.compareTo(bound);
    }
    return new BigDecimal(((Number) value).doubleValue()).compareTo(bound);
  }
}
