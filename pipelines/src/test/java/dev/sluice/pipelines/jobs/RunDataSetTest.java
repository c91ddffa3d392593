package dev.sluice.pipelines.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.read.ContractFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunDataSetTest {
  private static final List<Product> PRODUCTS =
      ContractFolder.examine(Path.of("../catalog/contracts")).contracts().stream()
          .flatMap(declared -> declared.contract().products().stream())
          .toList();

  @Test
  void aReferenceTableThatIsNotLoadedStopsOnlyTheProductsThatReadIt() {
    List<String> stopped =
        PRODUCTS.stream()
            .filter(product -> RunDataSet.readsOneOf(product, Set.of("locations")))
            .map(Product::name)
            .toList();

    assertThat(stopped)
        .containsExactlyInAnyOrder(
            "detections", "detections_by_location_hour", "top_items_by_location");
    assertThat(PRODUCTS).hasSizeGreaterThan(stopped.size());
  }

  @Test
  void theStageTableOfAnotherContractIsNoReferenceTableOfThatName() {
    assertThat(PRODUCTS)
        .filteredOn(product -> RunDataSet.readsOneOf(product, Set.of("flights")))
        .extracting(Product::name)
        .containsExactlyInAnyOrder("delay_by_origin_carrier_month", "route_traffic_by_month_hour");
  }
}
