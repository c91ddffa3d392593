package dev.sluice.stage;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.DuplicateKeys;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.contract.StageColumn;
import java.util.List;
import java.util.Optional;

/** The set rule by which no business key may stand twice in stage. */
final class KeyRule {
  private KeyRule() {}

  /**
   * The contract's rule; empty when it has none, and for keys of which equal ones may have unequal
   * hashes or none: with nulls, or with parts for which several values are equal.
   */
  static Optional<SetRule> of(DataContract contract) {
    List<StageColumn> key = contract.stage().key();
    if (!key.stream().allMatch(column -> column.required() && isExact(column.type()))) {
      return Optional.empty();
    }
    List<String> names = key.stream().map(StageColumn::name).toList();
    return contract.stage().setRules().stream()
        .filter(SetRule::allowsNone)
        .filter(rule -> DuplicateKeys.isQueryOf(rule.query(), names))
        .findFirst();
  }

  private static boolean isExact(ColumnType type) {
    return type instanceof Simple
        ? type != Simple.FLOAT && type != Simple.DOUBLE
        : type instanceof ColumnType.Decimal;
  }
}
