package dev.sluice.refined.anonymity;

import static dev.sluice.catalog.contract.Classification.KEY;
import static dev.sluice.catalog.contract.Classification.OPEN;
import static dev.sluice.catalog.contract.Classification.PERSONAL;
import static dev.sluice.catalog.contract.Classification.QUASI;
import static dev.sluice.catalog.contract.Classification.SENSITIVE;
import static dev.sluice.catalog.contract.ColumnType.Simple.BIGINT;
import static dev.sluice.catalog.contract.ColumnType.Simple.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnClasses;
import dev.sluice.catalog.contract.Product;
import dev.sluice.refined.export.fixture.AProduct;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowColumnsTest {

  @Test
  void plainPolicyHasNoFault() {
    assertThat(faults(AProduct.sightings())).isEmpty();
  }

  @Test
  void personalAndKeyColumnsNeverLeave() {
    AProduct product =
        AProduct.sightings().leaves("name", STRING, PERSONAL).leaves("oid", BIGINT, KEY);

    assertThat(faults(product))
        .containsExactly(
            "column name is PERSONAL, which never leaves", "column oid is KEY, which never leaves");
  }

  @Test
  void quasiColumnOutsideTheCountedOnesDoesNotLeave() {
    Product product =
        AProduct.sightings().stays("hour", BIGINT, QUASI).allowing("day", "hour").build();

    assertThat(AllowColumns.faults(product, product.export().orElseThrow()))
        .containsExactly("column hour is QUASI but not among the policy's quasi-identifiers");
  }

  @Test
  void sensitiveColumnLeavesOnlyUnderDiversity() {
    assertThat(faults(AProduct.sightings().leaves("illness", STRING, SENSITIVE)))
        .containsExactly(
            "column illness is SENSITIVE but not among the policy's sensitive columns");
    assertThat(
            faults(
                AProduct.sightings().leaves("illness", STRING, SENSITIVE).sensitive(2, "illness")))
        .isEmpty();
  }

  @Test
  void partsOfANestedColumnAreLookedAtEachByItself() {
    assertThat(faults(AProduct.sightings().leaves("part", STRING, parts(KEY, QUASI))))
        .containsExactly("column part has a part that is KEY, which never leaves");
    assertThat(
            faults(
                AProduct.sightings()
                    .leaves("part", STRING, parts(SENSITIVE, QUASI))
                    .sensitive(2, "part")))
        .containsExactly("column part has a SENSITIVE part beside others; flatten it in the SQL");
    assertThat(faults(AProduct.sightings().leaves("part", STRING, parts(OPEN, QUASI)))).isEmpty();
  }

  private static ColumnClasses parts(Classification one, Classification other) {
    return ColumnClasses.of(OPEN)
        .and(ColumnClasses.of(one).within("one"))
        .and(ColumnClasses.of(other).within("other"));
  }

  @Test
  void partitionColumnMustLeaveSoThatPartitionsCanBeReplaced() {
    assertThat(faults(AProduct.sightings().allowing("place")))
        .containsExactly(
            "the partition column day must leave too, or partitions could not be replaced");
  }

  @Test
  void columnsThatDoNotExistAreFaults() {
    assertThat(
            faults(AProduct.cells("c", "").leaves("day", STRING, OPEN).allowing("day", "colour")))
        .containsExactly("column colour may leave by the policy but the product has none such");
  }

  private static List<String> faults(AProduct builder) {
    Product product = builder.build();
    return AllowColumns.faults(product, product.export().orElseThrow());
  }
}
