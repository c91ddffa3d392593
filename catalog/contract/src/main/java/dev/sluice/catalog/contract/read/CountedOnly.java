package dev.sluice.catalog.contract.read;

import java.util.Locale;

/** Whether a product's column, by declaration, says of its source only how many values it has. */
final class CountedOnly {
  private CountedOnly() {}

  static boolean of(DeclaredContract.Origin origin, String source) {
    String column = source.substring(source.indexOf('.') + 1);
    String logic = origin.logic().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    return logic.equals("count(distinct " + column + ")");
  }
}
