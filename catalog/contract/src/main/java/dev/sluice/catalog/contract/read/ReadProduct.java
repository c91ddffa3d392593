package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.contract.Zone;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an object tagged {@code zone:refined}. */
final class ReadProduct {
  /** A product that can be made again is dropped when nobody used it for so long. */
  private static final Duration UNUSED = Duration.ofDays(90);

  private static final int MOST_DIGITS = 38;

  private final Draft draft;

  ReadProduct(Draft draft) {
    this.draft = draft;
  }

  Optional<Product> read(Section object) {
    Optional<String> name = TableHeading.name(object, Zone.REFINED);
    Section table = name.map(n -> object.named("product " + n)).orElse(object);
    String part = "product." + name.orElse("unnamed");
    draft.place(part, table.line());
    List<SetRule> rules = new ArrayList<>(ReadSetRules.of(table, part, Optional.empty(), draft));
    List<Product.ProductColumn> columns = columns(table, name.orElse("unnamed"), rules);
    Section custom = table.custom();
    Optional<Section> how = custom.must("product", custom.section("product"));
    draft.place(part + ".export", custom.line("export"));
    Optional<ExportPolicy> export = custom.section("export").map(ReadExport::of);
    Optional<Duration> dropUnusedAfter = dropUnusedAfter(custom);
    custom.done();
    table.done();
    if (how.isEmpty()) {
      return Optional.empty();
    }
    Section product = how.get();
    draft.place(part + ".partition", product.line("partition"));
    draft.place(part + ".parameters", product.line("parameters"));
    String sql =
        product
            .must("sql", product.text("sql"))
            .flatMap(file -> new ReadSqlFile(draft).read(product, "sql", file, part + ".sql"))
            .orElse("");
    Map<String, Object> parameters = parameters(product);
    List<Product.Input> inputs = new ReadInputs(draft, part).of(product);
    String partition = product.must("partition", product.text("partition")).orElse("");
    product.done();
    return name.map(
        n ->
            new Product(
                n, sql, parameters, inputs, partition, columns, rules, export, dropUnusedAfter));
  }

  private static Optional<Duration> dropUnusedAfter(Section custom) {
    Optional<Section> lifecycle = custom.section("lifecycle");
    if (lifecycle.isEmpty()) {
      return Optional.empty();
    }
    Section section = lifecycle.get();
    boolean recreatable = section.must("recreatable", section.truth("recreatable")).orElse(false);
    Duration unused = Times.duration(section, "dropUnusedAfter").orElse(UNUSED);
    section.done();
    return recreatable ? Optional.of(unused) : Optional.empty();
  }

  private List<Product.ProductColumn> columns(Section table, String product, List<SetRule> rules) {
    List<Product.ProductColumn> columns = new ArrayList<>();
    ColumnHeading heading = new ColumnHeading();
    for (Section property : table.sections("properties")) {
      Optional<String> name = heading.name(property);
      Section column = name.map(n -> property.named("column " + n)).orElse(property);
      column.known("examples");
      ReadType.Shape shape = new ReadType(draft.faults()).of(column);
      boolean required = column.truth("required").orElse(false);
      boolean key = ColumnHeading.keyPosition(column) > 0;
      String description = column.text("description").orElse("");
      List<String> sources = column.texts("transformSourceObjects");
      String logic = column.text("transformLogic").orElse("");
      rules.addAll(ReadSetRules.of(column, "product." + product, name, draft));
      name.ifPresent(n -> ColumnHeading.foreignKeys(column, product, n, draft));
      column.known("relationships");
      column.done();
      name.ifPresent(
          n -> {
            draft.place("product." + product + ".column." + n, column.line("name"));
            draft.origin(product + "." + n, new DeclaredContract.Origin(sources, logic));
            columns.add(
                new Product.ProductColumn(
                    n, shape.type(), required, key, shape.classes(), description, sources));
          });
    }
    return columns;
  }

  private static Map<String, Object> parameters(Section product) {
    Map<String, Object> values = new LinkedHashMap<>();
    product
        .value("parameters")
        .ifPresent(
            yaml -> {
              if (!(yaml instanceof Yaml.Keys keys)) {
                product.fault("parameters", "parameters must be a map of names and values");
                return;
              }
              keys.entries()
                  .forEach(
                      (name, entry) -> {
                        Optional<Object> value = parameter(entry.value());
                        if (Names.isSnake(name) && value.isPresent()) {
                          values.put(name, value.get());
                        } else {
                          product.fault(
                              "parameters",
                              "the parameter '"
                                  + name
                                  + "' must have a lower case name and a text, a plain number of"
                                  + " at most 38 digits, true or false");
                        }
                      });
            });
    return values;
  }

  private static Optional<Object> parameter(Yaml value) {
    if (!(value instanceof Yaml.Scalar scalar)) {
      return Optional.empty();
    }
    return switch (scalar.kind()) {
      case TEXT -> Optional.of(scalar.text());
      case TRUTH -> Section.truthOf(scalar.text()).map(b -> b);
      case NUMBER ->
          Section.numberOf(scalar.text()).filter(ReadProduct::isHeld).map(ReadProduct::numeric);
      case NOTHING -> Optional.empty();
    };
  }

  /** Whether SQL has a number of so many digits. */
  private static boolean isHeld(BigDecimal number) {
    return number.precision() - Math.min(number.scale(), 0) <= MOST_DIGITS
        && number.scale() <= MOST_DIGITS;
  }

  private static Object numeric(BigDecimal number) {
    if (number.scale() > 0) {
      return number;
    }
    try {
      return number.intValueExact();
    } catch (ArithmeticException notAnInt) {
      try {
        return number.longValueExact();
      } catch (ArithmeticException notALong) {
        return number.setScale(0);
      }
    }
  }
}
