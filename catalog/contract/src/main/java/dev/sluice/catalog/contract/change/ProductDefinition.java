package dev.sluice.catalog.contract.change;

import dev.sluice.catalog.contract.Product;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What decides which rows a product has, given its inputs; set rules and export do not. */
public final class ProductDefinition {
  private ProductDefinition() {}

  /** A text that changes when the product has to be computed anew. */
  public static String fingerprint(Product product) {
    return Fingerprint.of(String.join("\n", parts(product).toString(), columns(product)));
  }

  /** The definition in parts: {@code sql}, {@code parameter.x}, {@code input.x}. */
  static Map<String, String> parts(Product product) {
    Map<String, String> parts = new TreeMap<>();
    parts.put("sql", Fingerprint.of(product.sql()));
    product.parameters().forEach((name, value) -> parts.put("parameter." + name, value.toString()));
    product
        .inputs()
        .forEach(input -> parts.put("input." + input.table(), input.affects().orElse("all")));
    return parts;
  }

  private static String columns(Product product) {
    return product.partition()
        + product.columns().stream()
            .map(c -> c.name() + " " + c.type().ddl())
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
