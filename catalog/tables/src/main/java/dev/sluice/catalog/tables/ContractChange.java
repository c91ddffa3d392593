package dev.sluice.catalog.tables;

import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Judges a change of a governed table's form. Columns are matched by field id. A commit that raises
 * {@link GovernedTables#CONTRACT_VERSION} may add optional columns, widen types as Iceberg can read
 * them, and let values be missing; one that raises its major number may rename, too. Nothing else.
 */
final class ContractChange {
  private final TableMetadata base;
  private final TableMetadata next;
  private final boolean major;

  private ContractChange(TableMetadata base, TableMetadata next, boolean major) {
    this.base = base;
    this.next = next;
    this.major = major;
  }

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
    Optional<ContractVersion> before = ContractVersion.of(base.properties());
    Optional<ContractVersion> after = ContractVersion.of(next.properties());
    if (before.isEmpty() || after.isEmpty() || after.get().compareTo(before.get()) <= 0) {
      return Optional.of("its columns would change although its contract's version does not rise");
    }
    return new ContractChange(base, next, after.get().major() > before.get().major()).columns();
  }

  private Optional<String> columns() {
    Map<Integer, Types.NestedField> before = TypeUtil.indexById(base.schema().asStruct());
    Map<Integer, Types.NestedField> after = TypeUtil.indexById(next.schema().asStruct());
    for (Types.NestedField old : before.values()) {
      Optional<String> wrong = column(old, after.get(old.fieldId()));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return after.values().stream()
        .filter(field -> !before.containsKey(field.fieldId()) && field.isRequired())
        .filter(field -> !liesInNew(field, before))
        .findFirst()
        .map(field -> "column " + field.name() + " would be added as required");
  }

  private Optional<String> column(Types.NestedField old, Types.@Nullable NestedField now) {
    String name = base.schema().findColumnName(old.fieldId());
    if (now == null) {
      return Optional.of("column " + name + " would vanish");
    }
    if (!now.name().equals(old.name()) && !major) {
      return Optional.of(
          "column " + name + " would be renamed to " + now.name() + " without a new major version");
    }
    boolean readable =
        old.type().isPrimitiveType()
            ? now.type().isPrimitiveType()
                && TypeUtil.isPromotionAllowed(old.type(), now.type().asPrimitiveType())
            : old.type().typeId() == now.type().typeId();
    if (!readable) {
      return Optional.of(
          "column " + name + " would change from " + old.type() + " to " + now.type());
    }
    return old.isOptional() && now.isRequired()
        ? Optional.of("column " + name + " would be required, which old rows may break")
        : Optional.empty();
  }

  /** A required part of a column that is new and optional itself asks nothing of old rows. */
  private boolean liesInNew(Types.NestedField field, Map<Integer, Types.NestedField> before) {
    Integer parent = TypeUtil.indexParents(next.schema().asStruct()).get(field.fieldId());
    return parent != null && !before.containsKey(parent);
  }
}
