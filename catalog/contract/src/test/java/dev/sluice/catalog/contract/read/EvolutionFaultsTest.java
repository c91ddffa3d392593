package dev.sluice.catalog.contract.read;

import static dev.sluice.catalog.contract.read.SmallContract.FILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Migration;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvolutionFaultsTest {
  private static final String TENANTS = "{ property: tenants, value: [north, south] }";

  @TempDir private Path folder;

  /** A custom property of the small contract in version 2.0.0, and the one fault that it has. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      migration | { tables: [] } | lacks 'from'
      migration | { from: 2, tables: [] } | leads from an earlier major version
      migration | { from: 1, table: orders } | unknown key 'table'
      migration | { from: 1, tables: [{ table: sales }] } | no table of the contract is called sales
      migration | { from: 1, tables: [{ table: orders, removed: [total] }] } | total is removed and still declared
      migration | { from: 1, tables: [{ table: orders, removed: [lines.tax] }] } | whole columns are removed
      migration | { from: 1, tables: [{ table: orders, retyped: [sum] }] } | sum is retyped and not declared
      migration | { from: 1, tables: [{ table: orders, retyped: [number] }] } | makes another data set
      migration | { from: 1, tables: [{ table: orders, retyped: [ordered_at] }] } | makes another data set
      migration | { from: 1, tables: [{ table: orders, renamed: [{ from: sum, to: whole }] }] } | which is not declared
      migration | { from: 1, tables: [{ table: orders, renamed: [{ from: born, to: total }] }] } | is renamed and still declared
      migration | { from: 1, tables: [{ table: orders, renamed: [{ from: tax, to: lines.price }] }] } | lies elsewhere
      migration | { from: 1, tables: [{ table: orders, renamed: [{ from: a, to: total }, { from: b, to: total }] }] } | to a name of its own
      migration | { from: 1, tables: [{ table: orders, renamed: [{ from: "a b", to: total }] }] } | a column is named as
      producers | { versions: ["1"] } | either 'versionField' or 'versionHeader'
      producers | { versionField: v, versionHeader: v, versions: ["1"] } | either 'versionField' or
      producers | { versionField: v } | lacks 'versions'
      producers | { versionField: v, versions: [] } | at least one version
      producers | { versionField: v, versions: [1] } | must list texts
      producers | { versionField: v, versions: ["1"], unversioned: "2" } | must be one of the versions
      """)
  void whatDoesNotFitIsFound(String property, String value, String message) {
    SmallContract contract = changing(property, value);

    assertThat(contract.faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains(message));
  }

  @Test
  void columnsAreReadFromKnownVersionsAndThenAreOptional() {
    SmallContract contract = changing("producers", "{ versionField: v, versions: [\"1\"] }");
    contract.replace(FILE, "field: mail, maxLength: 254", "field: mail, versions: [\"2\"]");

    assertThat(contract.faults())
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("must be among those of 'producers'"));
  }

  @Test
  void aGoodMigrationIsRead() {
    changing(
        "migration",
        "{ from: 1, tables: [{ table: orders, renamed: [{ from: sum, to: total },"
            + " { from: lines.cost, to: lines.price }], removed: [note], retyped: [born] }] }");

    DataContract contract = ContractFolder.read(folder).get(0);

    assertThat(contract.evolution().migration().flatMap(m -> m.of("orders")))
        .contains(
            new Migration.OfTable(
                "orders",
                Map.of("sum", "total", "lines.cost", "lines.price"),
                Set.of("note"),
                Set.of("born")));
  }

  private SmallContract changing(String property, String value) {
    SmallContract contract = SmallContract.in(folder);
    contract.replace(FILE, "version: 0.1.0", "version: 2.0.0");
    contract.replace(
        FILE, TENANTS, TENANTS + "\n  - { property: " + property + ", value: " + value + " }");
    return contract;
  }
}
