package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnClasses;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads types. {@code physicalType} goes by Iceberg's names; a timestamp without a zone is called
 * {@code timestamp_ntz}, because a bare {@code timestamp} means one thing to Iceberg and another to
 * Spark.
 */
final class ReadType {
  private static final Pattern DECIMAL =
      Pattern.compile("decimal\\( ?([0-9]{1,2}) ?, ?([0-9]{1,2}) ?\\)");
  private static final Map<String, Simple> SIMPLE =
      Map.ofEntries(
          Map.entry("boolean", Simple.BOOLEAN),
          Map.entry("int", Simple.INT),
          Map.entry("long", Simple.BIGINT),
          Map.entry("bigint", Simple.BIGINT),
          Map.entry("float", Simple.FLOAT),
          Map.entry("double", Simple.DOUBLE),
          Map.entry("string", Simple.STRING),
          Map.entry("binary", Simple.BINARY),
          Map.entry("date", Simple.DATE),
          Map.entry("timestamptz", Simple.TIMESTAMP),
          Map.entry("timestamp_ntz", Simple.TIMESTAMP_NTZ));
  private static final String KNOWN =
      "boolean, int, long, float, double, decimal(p,s), string, binary, date, timestamptz or"
          + " timestamp_ntz";

  private final Faults faults;

  ReadType(Faults faults) {
    this.faults = faults;
  }

  /** A type and the classifications of its parts. */
  record Shape(ColumnType type, ColumnClasses classes) {}

  /** The shape of a property; what is missing is a fault and stands as an open string. */
  Shape of(Section property) {
    String logical = property.must("logicalType", property.text("logicalType")).orElse("string");
    return switch (logical) {
      case "object" -> object(property);
      case "array" -> array(property);
      case "map", "vector", "time" -> unread(property, logical);
      default -> leaf(property, logical);
    };
  }

  /** Types of ODCS that no table here has. */
  private Shape unread(Section property, String logical) {
    property.fault(
        "logicalType",
        "logicalType must be boolean, integer, number, string, date, timestamp, object (with"
            + " properties) or array (with items); a map is an array of objects, a vector an array,"
            + " a time of day a string; got '"
            + logical
            + "'");
    property.known("physicalType", "classification", "items", "properties", "map", "vector");
    return new Shape(Simple.STRING, ColumnClasses.of(Classification.OPEN));
  }

  /** A type from its name; a fault at {@code key} when it is none. */
  static Optional<ColumnType> named(Section section, String key) {
    Optional<String> name = section.text(key);
    Optional<ColumnType> type = name.flatMap(ReadType::parse);
    if (name.isPresent() && type.isEmpty()) {
      section.fault(key, "'" + key + "' must be " + KNOWN + "; got '" + name.get() + "'");
    }
    return type;
  }

  private static Optional<ColumnType> parse(String name) {
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      int precision = Integer.parseInt(decimal.group(1));
      int scale = Integer.parseInt(decimal.group(2));
      return precision >= 1 && precision <= 38 && scale <= precision
          ? Optional.of(new ColumnType.Decimal(precision, scale))
          : Optional.empty();
    }
    return Optional.ofNullable(SIMPLE.get(name));
  }

  private Shape leaf(Section property, String logical) {
    Optional<ColumnType> type = property.must("physicalType", named(property, "physicalType"));
    type.filter(t -> !logicalOf(t).equals(logical))
        .ifPresent(
            t ->
                property.fault(
                    "logicalType",
                    "logicalType of "
                        + t.ddl()
                        + " is "
                        + logicalOf(t)
                        + "; got '"
                        + logical
                        + "'"));
    Optional<Classification> declared = classification(property);
    if (!property.has("classification")) {
      property.fault(
          "name", "unclassified; add classification open, key, quasi, sensitive or personal");
    }
    return new Shape(
        type.orElse(Simple.STRING), ColumnClasses.of(declared.orElse(Classification.OPEN)));
  }

  private static String logicalOf(ColumnType type) {
    if (!(type instanceof Simple simple)) {
      return "number";
    }
    return switch (simple) {
      case BOOLEAN -> "boolean";
      case INT, BIGINT -> "integer";
      case FLOAT, DOUBLE -> "number";
      case STRING, BINARY -> "string";
      case DATE -> "date";
      case TIMESTAMP, TIMESTAMP_NTZ -> "timestamp";
    };
  }

  private static Optional<Classification> classification(Section property) {
    Optional<String> name = property.text("classification");
    Optional<Classification> found =
        name.flatMap(
            n ->
                Stream.of(Classification.values())
                    .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(n))
                    .findFirst());
    if (name.isPresent() && found.isEmpty()) {
      property.fault(
          "classification",
          "classification must be open, key, quasi, sensitive or personal; got '"
              + name.get()
              + "'");
    }
    return found;
  }

  private Shape object(Section property) {
    property.known("physicalType");
    List<ColumnType.Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    ColumnClasses classes = whole(property);
    for (Section part : property.sections("properties")) {
      Optional<String> name = Names.snake(part, "name");
      Section named = name.map(n -> part.named(property.what() + "." + n)).orElse(part);
      Shape shape = of(named);
      boolean required = named.truth("required").orElse(false);
      nestedDone(named);
      if (name.isPresent() && !names.add(name.get())) {
        named.fault("name", "the name stands here twice");
      } else {
        name.ifPresent(n -> fields.add(new ColumnType.Field(n, shape.type(), required)));
      }
      classes = classes.and(shape.classes().within(name.orElse("unnamed")));
    }
    if (fields.isEmpty()) {
      property.fault("properties", "an object needs properties");
    }
    return new Shape(new ColumnType.Struct(fields), classes);
  }

  private Shape array(Section property) {
    property.known("physicalType");
    ColumnClasses classes = whole(property);
    Optional<Section> items =
        property.must("items", property.section("items").map(i -> i.named(property.what() + "[]")));
    if (items.isEmpty()) {
      return new Shape(new ColumnType.Array(Simple.STRING), classes);
    }
    items.get().known("name");
    Shape element = of(items.get());
    nestedDone(items.get());
    return new Shape(new ColumnType.Array(element.type()), classes.and(element.classes()));
  }

  private static void nestedDone(Section part) {
    part.known("id", "businessName", "description", "tags", "examples", "deprecated");
    part.done();
  }

  /** What a nested property says of all of it, beside its parts. */
  private static ColumnClasses whole(Section property) {
    return ColumnClasses.of(classification(property).orElse(Classification.OPEN));
  }
}
