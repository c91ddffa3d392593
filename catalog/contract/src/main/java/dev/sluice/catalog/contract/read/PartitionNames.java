package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.PartitionDirectory;
import dev.sluice.catalog.contract.PartitionTransform;
import dev.sluice.catalog.contract.PartitionTransform.Kind;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.StageColumn;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Whether every value that a column can have makes a directory name that file systems take. Where
 * not, a single message could stop all writes.
 */
record PartitionNames(StageColumn column, PartitionTransform transform) {
  /** A pattern of the whole value that lets only characters pass which URL code leaves alone. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "\\^\\[(?:A-Z|a-z|0-9|[A-Za-z0-9_.]|-(?=]))+](?:[+*]|\\{[0-9]+(?:,[0-9]*)?})\\$");

  Optional<String> fault() {
    boolean text = column.type() == Simple.STRING || column.type() == Simple.BINARY;
    boolean written = transform.kind() == Kind.IDENTITY || transform.kind() == Kind.TRUNCATE;
    if (!text || !written || fits()) {
      return Optional.empty();
    }
    int most = PartitionDirectory.characters(transform.field());
    String name = column.name();
    String limits =
        isClear() && column.type() == Simple.STRING
            ? "give it a maxLength of at most " + most + " or say what is allowed (enum), or "
            : "";
    return Optional.of(
        "a value of "
            + name
            + " can make a longer name of a directory than the "
            + PartitionDirectory.LONGEST
            + " bytes that file systems take, and so stop all writes; "
            + limits
            + "partition by truncate("
            + most
            + ", "
            + name
            + ") or bucket(16, "
            + name
            + ")");
  }

  private boolean fits() {
    String field = transform.field();
    if (isClear() && !column.source().allowed().isEmpty()) {
      return column.source().allowed().stream()
          .allMatch(v -> PartitionDirectory.bytes(field, v) <= PartitionDirectory.LONGEST);
    }
    boolean plain =
        isClear() && column.source().pattern().filter(p -> PLAIN.matcher(p).matches()).isPresent();
    int most =
        plain ? PartitionDirectory.plainCharacters(field) : PartitionDirectory.characters(field);
    IntStream limits = IntStream.concat(cut(), declared());
    return limits.min().orElse(Integer.MAX_VALUE) <= most;
  }

  /** Whether the value in the table is the clear one, so that its limits hold there. */
  private boolean isClear() {
    return column.privacy() instanceof PrivacyMethod.Keep;
  }

  private IntStream cut() {
    return transform.kind() == Kind.TRUNCATE ? IntStream.of(transform.width()) : IntStream.empty();
  }

  private IntStream declared() {
    if (column.privacy() instanceof PrivacyMethod.Generalise prefix) {
      return Section.numberOf(prefix.step()).stream().mapToInt(BigDecimal::intValue);
    }
    return isClear()
        ? column.source().maxLength().stream().mapToInt(Integer::intValue)
        : IntStream.empty();
  }
}
