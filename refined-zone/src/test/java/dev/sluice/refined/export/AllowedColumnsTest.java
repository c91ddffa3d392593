package dev.sluice.refined.export;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.Product;
import dev.sluice.refined.export.fixture.AProduct;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class AllowedColumnsTest {
  private static final Product PRODUCT = AProduct.sightings().build();
  private static final Map<String, String> EXPORTED = allowed(schema(1, 2, 3, 4)).identities();

  @Test
  void sameFieldsAreTheSameColumns() {
    assertThat(EXPORTED).containsEntry("place", "2:string");
    assertThatCode(() -> allowed(schema(1, 2, 3, 4)).mustBe(EXPORTED)).doesNotThrowAnyException();
    assertThatCode(() -> allowed(schema(1, 2, 3, 4)).mustBe(Map.of())).doesNotThrowAnyException();
  }

  @Test
  void columnRenamedToAnAllowedNameIsRefused() {
    Schema watcherIsNowCalledPlace = schema(1, 3, 2, 4);

    assertThatThrownBy(() -> allowed(watcherIsNowCalledPlace).mustBe(EXPORTED))
        .isInstanceOf(ExportRefused.class)
        .hasMessageContaining("place was field 2:string and is 3:string");
  }

  @Test
  void retypedPartOfStructIsRefused() {
    Map<String, String> before = struct(Types.StringType.get()).identities();

    assertThatThrownBy(() -> struct(Types.LongType.get()).mustBe(before))
        .isInstanceOf(ExportRefused.class)
        .hasMessageContaining("place was field");
  }

  @Test
  void columnAddedToThePolicyLaterIsRefused() {
    assertThatThrownBy(() -> allowed(schema(1, 2, 3, 4)).mustBe(Map.of("day", "1:date")))
        .isInstanceOf(ExportRefused.class)
        .hasMessageContaining("place was not exported before");
  }

  @Test
  void targetWithOtherColumnsIsRefused() {
    AllowedColumns columns = allowed(schema(1, 2, 3, 4));

    assertThatCode(() -> columns.mustFit(columns.schema())).doesNotThrowAnyException();
    assertThatThrownBy(
            () -> columns.mustFit(com.google.cloud.bigquery.Schema.of(columns.partition().field())))
        .isInstanceOf(ExportRefused.class)
        .hasMessageContaining("has the columns [day DATE]");
  }

  @Test
  void typesOnWhichEnginesDisagreeAreRefused() {
    for (Type type :
        new Type[] {
          Types.UUIDType.get(),
          Types.TimestampNanoType.withZone(),
          Types.MapType.ofOptional(8, 9, Types.StringType.get(), Types.StringType.get()),
          Types.ListType.ofOptional(8, Types.ListType.ofOptional(9, Types.StringType.get()))
        }) {
      assertThatThrownBy(() -> BigQueryTypes.field("x", "x", type))
          .isInstanceOf(ExportRefused.class)
          .hasMessageContaining("Column x");
    }
  }

  private static AllowedColumns struct(Type part) {
    return allowed(
        new Schema(
            optional(1, "day", Types.DateType.get()),
            optional(2, "place", Types.StructType.of(optional(5, "name", part))),
            optional(3, "watcher", Types.StringType.get()),
            optional(4, "seen", Types.LongType.get())));
  }

  private static AllowedColumns allowed(Schema schema) {
    return AllowedColumns.of(PRODUCT, PRODUCT.export().orElseThrow(), schema);
  }

  private static Schema schema(int day, int place, int watcher, int seen) {
    return new Schema(
        optional(day, "day", Types.DateType.get()),
        optional(place, "place", Types.StringType.get()),
        optional(watcher, "watcher", Types.StringType.get()),
        optional(seen, "seen", Types.LongType.get()));
  }
}
