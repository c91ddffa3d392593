package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.Zone;
import java.util.Locale;
import java.util.Optional;

/** Reads what every table's declaration begins with. */
final class TableHeading {
  private TableHeading() {}

  /** The table's name, which its physicalName must repeat with the tenant's namespace before it. */
  static Optional<String> name(Section table, Zone zone) {
    Optional<String> name = Names.snake(table, "name");
    table.known(
        "id",
        "businessName",
        "dataGranularityDescription",
        "tags",
        "synonyms",
        "deprecated",
        "context",
        "authoritativeDefinitions",
        "description");
    Optional<String> physical = table.must("physicalName", table.text("physicalName"));
    name.ifPresent(
        n -> {
          String wanted = "${TENANT}_" + zone.name().toLowerCase(Locale.ROOT) + "." + n;
          physical
              .filter(p -> !p.equals(wanted))
              .ifPresent(
                  p ->
                      table.fault(
                          "physicalName", "physicalName must be " + wanted + "; got '" + p + "'"));
        });
    only(table, "physicalType", "table");
    only(table, "logicalType", "object");
    return name;
  }

  /** A key that has one possible value. */
  static void only(Section section, String key, String wanted) {
    section
        .text(key)
        .filter(t -> !t.equals(wanted))
        .ifPresent(t -> section.fault(key, key + " must be " + wanted + "; got '" + t + "'"));
  }
}
