package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.publishing.fixture.GuardTable;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.refined.export.fixture.AProduct;
import dev.sluice.refined.export.fixture.Exporting;
import dev.sluice.refined.export.fixture.RefinedTable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** One guard of the export, the misuse it is there for, and what each comes to. */
record ExportHole(
    String guard,
    Supplier<WithoutGuard> off,
    Supplier<RefinedTable> table,
    BiFunction<Exporting, Path, String> act,
    String held,
    String harm,
    String damage) {
  static final String PAIR =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-01', 'north', 'anna', 1), (DATE'2026-01-01', 'north', 'ben', 2)
      """;

  /** Does the misuse with the guard in force and left out; the table gets both. */
  void show(GuardTable shown, Path scratch) {
    Exporting export = Exporting.of(table.get(), scratch);
    String inForce = act.apply(export, scratch);
    assertThat(inForce).as("in force").isEqualTo(held);
    boolean untouched = inForce.equals("Failed []") || inForce.equals("Blocked []");
    Exporting again = untouched ? export : Exporting.of(table.get(), scratch);
    try (WithoutGuard unused = off.get()) {
      assertThat(act.apply(again, scratch)).as("left out").endsWith(harm);
    }
    shown.add(guard, inForce.split(" \\[", 2)[0], damage);
  }

  static RefinedTable published(AProduct product, String rows) {
    RefinedTable table = RefinedTable.of(product);
    table.publish(rows, "2026-01-01");
    return table;
  }

  /** The outcome and the rows that analysts see. */
  static String ran(Exporting export) {
    String outcome;
    try {
      outcome = export.run().getClass().getSimpleName();
    } catch (RuntimeException e) {
      outcome = e.getClass().getSimpleName();
    }
    return outcome + " " + inBigQuery(export);
  }

  private static List<String> inBigQuery(Exporting export) {
    boolean made = export.client().getDataset(export.table().tenant() + "_refined") != null;
    return made ? export.rows("*") : List.of();
  }

  @Override
  public String toString() {
    return guard;
  }
}
