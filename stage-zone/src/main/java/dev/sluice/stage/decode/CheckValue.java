package dev.sluice.stage.decode;

import dev.sluice.catalog.contract.BudgetedText;
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

  /** How often a pattern may look at a text of no length, and at each character of it. */
  long LOOKS_AT_LEAST = 20_000;

  long LOOKS_PER_CHARACTER = 200;

  void check(Object value) throws Rejected;

  /** The conditions of a field: cheap ones first, the pattern last. */
  static List<CheckValue> of(SourceField field) {
    boolean bounded = field.minimum().isPresent() || field.maximum().isPresent();
    boolean isNumber = NUMBERS.contains(field.type()) || field.type() instanceof Decimal;
    if (bounded && !isNumber) {
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
    field.minimum().ifPresent(low -> checks.add(v -> orOutOfRange(number(v).compareTo(low) >= 0)));
    field
        .maximum()
        .ifPresent(high -> checks.add(v -> orOutOfRange(number(v).compareTo(high) <= 0)));
    if (!field.allowed().isEmpty()) {
      checks.add(isNumber ? allowedNumbers(field.allowed()) : allowed(field.allowed()));
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

  private static CheckValue allowed(List<String> texts) {
    HashSet<String> allowed = new HashSet<>(texts);
    return value -> {
      if (!allowed.contains(value.toString())) {
        throw new Rejected(Reason.NOT_ALLOWED);
      }
    };
  }

  /** By their worth: 1, 1.0 and 1.00 are one number. */
  private static CheckValue allowedNumbers(List<String> texts) {
    HashSet<BigDecimal> allowed = new HashSet<>();
    texts.forEach(text -> allowed.add(new BigDecimal(text).stripTrailingZeros()));
    return value -> {
      if (!allowed.contains(number(value).stripTrailingZeros())) {
        throw new Rejected(Reason.NOT_ALLOWED);
      }
    };
  }

  /**
   * Found anywhere, as JSON Schema has it; the contract anchors it where it means the whole. What
   * is not decided in time is not found.
   */
  private static CheckValue pattern(Pattern pattern) {
    return value -> {
      if (value instanceof String text
          && !BudgetedText.found(pattern, text, LOOKS_AT_LEAST, LOOKS_PER_CHARACTER)
              .orElse(false)) {
        throw new Rejected(Reason.PATTERN);
      }
    };
  }

  private static void orOutOfRange(boolean held) throws Rejected {
    if (!held) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
  }

  /** A float by its shortest text, which is what the contract means by 99.9. */
  private static BigDecimal number(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    return value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString());
  }
}
