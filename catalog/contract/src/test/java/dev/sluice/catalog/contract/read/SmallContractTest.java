package dev.sluice.catalog.contract.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.Comparison;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ServiceLevels;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.Upkeep;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SmallContractTest {
  private static final DataContract ORDERS =
      ContractFolder.read(Path.of("src/test/resources/small")).get(0);

  @Test
  void nestedColumnsAreListsOfParts() {
    assertThat(column("lines").type().ddl())
        .isEqualTo("array<struct<`article`: string, `price`: decimal(9,2)>>");
    ColumnType.Array lines = (ColumnType.Array) column("lines").type();
    assertThat(((ColumnType.Struct) lines.element()).fields())
        .extracting(ColumnType.Field::required)
        .containsExactly(true, false);
  }

  @Test
  void nestedColumnIsAsTellingAsItsMostTellingPart() {
    assertThat(column("lines").classification()).hasToString("QUASI");
  }

  @Test
  void nestedColumnKeepsWhatEachOfItsPartsSays() {
    assertThat(column("lines").classes().parts()).hasToString("{=OPEN, article=QUASI, price=OPEN}");
  }

  @Test
  void keptColumnsTakeTheirLimitsFromOdcs() {
    assertThat(column("shop").source().allowed()).containsExactly("A", "B");
    assertThat(column("number").source().minimum()).contains(BigDecimal.ONE);
  }

  @Test
  void protectedColumnsTakeTheirLimitsFromTheSource() {
    StageColumn customer = column("customer");

    assertThat(customer.source().name()).isEqualTo("mail");
    assertThat(customer.source().maxLength()).contains(254);
    assertThat(customer.privacy()).isEqualTo(new PrivacyMethod.HmacPseudonym("customer"));
    assertThat(column("born").privacy()).isEqualTo(new PrivacyMethod.Generalise("YEAR"));
  }

  @Test
  void upkeepOfATableGoesBeforeThatOfAllAndThatBeforeTheDefault() {
    Upkeep raw = ORDERS.upkeep().of("raw");
    Upkeep sales = ORDERS.upkeep().of("sales_by_region");

    assertThat(raw.targetFileBytes()).isEqualTo(256_000_000);
    assertThat(raw.orphansAfter()).isEqualTo(Duration.ofDays(7));
    assertThat(raw.smallFiles()).isEqualTo(50);
    assertThat(sales.snapshotsKept()).isEqualTo(5);
    assertThat(sales.smallFiles()).isEqualTo(50);
    assertThat(ORDERS.upkeep().of("orders").metadataKept())
        .isEqualTo(Upkeep.DEFAULT.metadataKept());
  }

  @Test
  void metricsBecomeQueries() {
    assertThat(ORDERS.stage().setRules())
        .containsExactly(
            new SetRule(
                "enough",
                SetRule.Severity.WARN,
                "SELECT count(*) FROM {object}",
                new Comparison.Between(0, 10, false),
                ""),
            new SetRule(
                "customer_known",
                SetRule.Severity.BLOCK,
                "SELECT coalesce(100.0 * count_if(`customer` IS NULL OR `customer` IN ('',"
                    + " 'it\\'s')) / nullif(count(*), 0), 0) FROM {object}",
                new Comparison.AtMost(2.5, true),
                ""));
  }

  @Test
  void serviceLevelsAreReadAndUnknownOnesAreForPeople() {
    ServiceLevels levels = ORDERS.levels();

    assertThat(levels.latency()).contains(Duration.ofMinutes(90));
    assertThat(levels.freshness()).contains(Duration.ofDays(2));
    assertThat(levels.rowsPerDay()).hasValue(100);
    assertThat(levels.retentionOf("raw")).contains(Duration.ofDays(400));
    assertThat(levels.retentionOf("orders")).contains(Duration.ofDays(90));
    assertThat(levels.retentionOf("sales_by_region")).isEmpty();
    assertThat(levels.legalHold()).isEmpty();
  }

  @Test
  void aProductSaysWhetherItMayBeDroppedWhenUnused() {
    assertThat(ORDERS.product("sales_by_region").orElseThrow().dropUnusedAfter())
        .contains(Duration.ofDays(30));
  }

  @Test
  void exportIsRead() {
    Product product = ORDERS.product("sales_by_region").orElseThrow();

    assertThat(product.parameters()).containsEntry("least", new BigDecimal("0.5"));
    assertThat(product.inputs())
        .containsExactly(
            new Product.Input("orders", Optional.of("cast(ordered_at AS date)")),
            new Product.Input("shops", Optional.empty()));
    assertThat(product.export())
        .contains(
            new ExportPolicy(
                List.of("region", "day", "orders"),
                List.of("region", "day"),
                new ExportPolicy.Counted.Contributors("customers"),
                5,
                List.of(),
                1,
                0.1,
                1_000_000,
                Duration.ofDays(1)));
  }

  private static StageColumn column(String name) {
    return ORDERS.stage().column(name).orElseThrow();
  }
}
