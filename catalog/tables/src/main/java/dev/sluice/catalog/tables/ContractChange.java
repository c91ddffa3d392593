package dev.sluice.catalog.tables;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * Judges a change of a governed table's form. Columns are matched by field id. New optional columns
 * are allowed in a commit that also changes {@link GovernedTables#CONTRACT_VERSION}; nothing else.
 */
final class ContractChange {
  private ContractChange() {}

  /** What the contract does not allow in going from base to next; empty when all is well. */
  static Optional<String> forbidden(TableMetadata base, TableMetadata next) {
    if (!base.location().equals(next.location())) {
      return Optional.of("its location would change");
    }
    if (!base.spec().compatibleWith(next.spec())) {
      return Optional.of("its partitioning would change");
    }
    if (base.schema().sameSchema(next.schema())) {
      return Optional.empty();
    }
    String version = GovernedTables.CONTRACT_VERSION;
    if (Objects.equals(base.properties().get(version), next.properties().get(version))) {
      return Optional.of("its columns would change although its contract's version does not");
    }
    return columns(base, next);
  }

  private static Optional<String> columns(TableMetadata base, TableMetadata next) {
    Map<Integer, Types.NestedField> before = TypeUtil.indexById(base.schema().asStruct());
    Map<Integer, Types.NestedField> after = TypeUtil.indexById(next.schema().asStruct());
    for (Types.NestedField old : before.values()) {
      Types.NestedField now = after.get(old.fieldId());
      String name = base.schema().findColumnName(old.fieldId());
      if (now == null) {
        return Optional.of("column " + name + " would vanish");
      }
      if (!now.name().equals(old.name())) {
        return Optional.of("column " + name + " would be renamed to " + now.name());
      }
      if (old.type().isPrimitiveType() && !old.type().equals(now.type())) {
        return Optional.of(
            "column " + name + " would change from " + old.type() + " to " + now.type());
      }
      if (old.isOptional() != now.isOptional()) {
        return Optional.of("column " + name + " would change whether it may be missing");
      }
    }
    return after.values().stream()
        .filter(field -> !before.containsKey(field.fieldId()) && field.isRequired())
        .findFirst()
        .map(field -> "column " + field.name() + " would be added as required");
  }
}
