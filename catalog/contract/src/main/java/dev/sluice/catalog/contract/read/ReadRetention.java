package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ServiceLevels;
import dev.sluice.catalog.contract.StageTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads which table a retention is of ({@code element}), and holds it against how the table is
 * partitioned: rows go by whole partitions of their time only.
 */
record ReadRetention(StageTable stage, List<Product> products) {
  private static final Set<Simple> TIMES =
      Set.of(Simple.DATE, Simple.TIMESTAMP, Simple.TIMESTAMP_NTZ);

  /** The table; empty when there is a fault. */
  Optional<String> table(Section level) {
    Optional<String> element = level.must("element", level.text("element"));
    if (element.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = element.get().split("\\.", 2);
    Optional<String> time = timeOf(parts[0]);
    if (time.isEmpty()) {
      level.fault(
          "element",
          "a retention is of raw, the stage table or a product, as table.column; got '"
              + element.get()
              + "'");
      return Optional.empty();
    }
    if (parts.length != 2 || !parts[1].equals(time.get())) {
      level.fault(
          "element",
          "rows of "
              + parts[0]
              + " are old by "
              + time.get()
              + "; write "
              + parts[0]
              + "."
              + time.get());
      return Optional.empty();
    }
    return unfit(parts[0])
        .map(
            why -> {
              level.fault("element", why);
              return Optional.<String>empty();
            })
        .orElse(Optional.of(parts[0]));
  }

  private Optional<String> timeOf(String table) {
    if (table.equals(ServiceLevels.RAW)) {
      return Optional.of("landed_at");
    }
    if (table.equals(stage.name())) {
      return Optional.of(stage.eventTime().column());
    }
    return product(table).map(Product::partition);
  }

  private Optional<String> unfit(String table) {
    if (table.equals(stage.name())) {
      String time = stage.eventTime().column();
      boolean byTime =
          stage.partitioning().stream()
              .anyMatch(p -> p.matches("(hours|days|months|years)\\(\\s*" + time + "\\s*\\)"));
      if (!byTime) {
        return Optional.of("a retention of stage needs its partitioning by " + time);
      }
      return products.stream()
          .filter(p -> p.inputs().stream().anyMatch(this::isStageWithoutAffects))
          .findFirst()
          .map(
              p ->
                  "product "
                      + p.name()
                      + " reads stage without 'affects', so nothing of it could stay when rows of"
                      + " stage go; give it 'affects'");
    }
    return product(table)
        .filter(
            p ->
                p.columns().stream()
                    .noneMatch(c -> c.name().equals(p.partition()) && TIMES.contains(c.type())))
        .map(p -> "a retention of " + table + " needs a date or time as its partition");
  }

  private boolean isStageWithoutAffects(Product.Input input) {
    return input.table().equals(stage.name()) && input.affects().isEmpty();
  }

  private Optional<Product> product(String name) {
    return products.stream().filter(p -> p.name().equals(name)).findFirst();
  }
}
