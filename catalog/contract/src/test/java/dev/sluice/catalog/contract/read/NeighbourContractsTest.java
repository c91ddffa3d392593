package dev.sluice.catalog.contract.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A contract whose product reads the stage table of another one, and follows reference data. */
class NeighbourContractsTest {
  private static final String FILE = "returns.odcs.yaml";
  private static final String SQL = "sql/returns_by_day.sql";

  @TempDir private Path folder;
  private SmallContract contracts;

  @BeforeEach
  void bothContracts() throws IOException {
    contracts = SmallContract.in(folder);
    for (String file : List.of(FILE, SQL)) {
      Files.copy(Path.of("src/test/resources/beside", file), folder.resolve(file));
    }
  }

  @Test
  void theNeighboursStageTableIsFound() {
    DataContract returns =
        ContractFolder.read(folder).stream()
            .filter(c -> c.id().equals("shop-returns"))
            .findFirst()
            .orElseThrow();
    TenantId north = new TenantId("north");

    List<Product.Input> inputs = returns.products().get(0).inputs();

    assertThat(inputs.get(0).neighbour()).isEmpty();
    assertThat(inputs.get(1).neighbour().orElseThrow().contract()).isEqualTo("shop-orders");
    assertThat(inputs.get(1).neighbour().orElseThrow().stage().column("customer")).isPresent();
    assertThat(inputs.get(2).join().orElseThrow().on()).containsExactly("shop");
    assertThat(inputs.stream().map(i -> returns.inputTable(north, i).orElseThrow()))
        .containsExactly("north_stage.returns", "north_stage.orders", "north_reference.shops");
  }

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      contract: shop-orders, table: orders | contract: shop-sales, table: orders | there is no contract 'shop-sales'
      contract: shop-orders, table: orders | contract: shop-orders, table: sales | that of shop-orders is orders
      contract: shop-orders, table: orders | contract: shop-returns, table: orders | is of this contract; delete 'contract'
      contract: shop-orders, table: orders | table: orders | neither the stage table nor reference data
      contract: shop-orders, table: orders | contract: Shop, table: orders | a name starts with a letter
      value: [north] | value: [north, west] | must serve every tenant of this one
      name: returns_by_day | name: orders | is also that of a table of this contract
      transformLogic: count(distinct customer) | transformLogic: max(customer) | is personal, unless
      [orders.total], transformLogic: count(*) | [orders.customer], transformLogic: max(customer) | a token; tokens never leave
      [orders.total], transformLogic: count(*) | [orders.number] | a key; keys never leave
      [orders.total], transformLogic: count(*) | [orders.total], transformLogic: max(customer) | is made from the token orders.customer
      [orders.total] | [orders.nothing] | which no input has
      table: returns, on: [shop] | table: sales, on: [shop] | which is no input with 'affects'
      table: returns, on: [shop] | table: shops, on: [shop] | which is no input with 'affects'
      on: [shop] | on: [shop, number] | an expression for each of the key columns
      on: [shop] | on: [md5(shop)] | the hash md5 has no key
      on: [shop] | on: [shop], by: day | unknown key 'by'
      table: returns, affects: cast(returned_at AS date) | table: returns, affects: cast(returned_at AS date), joins: { table: orders, on: [shop] } | is for reference data
      shops, joins | shops, affects: 'x', joins | is for reference data without 'affects'
      """)
  void faultIsFound(String good, String broken, String message) throws IOException {
    if (good.startsWith("name: returns_by_day")) {
      contracts.replace(FILE, "_refined.returns_by_day", "_refined.orders");
    }
    contracts.replace(FILE, good, broken);

    assertThat(contracts.faults())
        .anySatisfy(
            fault -> {
              assertThat(fault.file()).isEqualTo(FILE);
              assertThat(fault.message()).contains(message);
            });
  }

  @Test
  void aKeyThatCannotBeFollowedIsAFault() {
    contracts.replace(
        FILE,
        "name: shop, logicalType: string, physicalType: string, required: true, primaryKey: true",
        "name: shop, logicalType: number, physicalType: double, required: true, primaryKey: true");

    assertThat(contracts.faults()).anyMatch(f -> f.message().contains("cannot be followed"));
  }

  @Test
  void aRuleOverANeighboursTableIsLeftToUs() {
    String rule =
        "name: returns_by_day\n    quality:\n"
            + "      - { id: adds_up, type: custom, engine: %s, implementation: \"%s\", mustBe: 0,"
            + " severity: error }";
    String query = "SELECT count(*) - (SELECT count(*) FROM orders) FROM {object}";
    contracts.replace(FILE, "name: returns_by_day", String.format(rule, "sluice", query));
    assertThat(contracts.faults()).isEmpty();

    contracts.replace(FILE, "engine: sluice", "engine: soda");
    assertThat(contracts.faults()).anyMatch(f -> f.message().contains("engine must be sluice"));
  }
}
