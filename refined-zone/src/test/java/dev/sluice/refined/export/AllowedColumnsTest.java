package dev.sluice.refined.export;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.Product;
import dev.sluice.refined.export.fixture.AProduct;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class AllowedColumnsTest {
  private static final Product PRODUCT = AProduct.sightings().build();
  private static final Map<String, String> EXPORTED = allowed(schema(1, 2, 3, 4)).identities();

  @Test
  void sameFieldsAreTheSameColumns() {
    assertThat(EXPORTED).containsEntry("place", "2:STRING");
    assertThatCode(() -> mustBe(allowed(schema(1, 2, 3, 4)), EXPORTED)).doesNotThrowAnyException();
    assertThatCode(() -> mustBe(allowed(schema(1, 2, 3, 4)), Map.of())).doesNotThrowAnyException();
    assertThat(allowed(schema(1, 2, 3, 4)).areThose(EXPORTED)).isTrue();
  }

  @Test
  void headsOfBeforeThatNameIcebergsTypesAreUnderstood() {
    Map<String, String> old = Map.of("day", "1:date", "place", "2:string", "seen", "4:long");

    assertThatCode(() -> mustBe(allowed(schema(1, 2, 3, 4)), old)).doesNotThrowAnyException();
    assertThatThrownBy(() -> mustBe(allowed(schema(1, 3, 2, 4)), old))
        .isInstanceOf(ExportRefused.class);
  }

  @Test
  void widerIntegerIsTheSameColumn() {
    assertThat(seen(Types.IntegerType.get()).identities())
        .isEqualTo(seen(Types.LongType.get()).identities());
  }

  @Test
  void columnRenamedToAnAllowedNameIsRefused() {
    Schema watcherIsNowCalledPlace = schema(1, 3, 2, 4);

    assertThatThrownBy(() -> mustBe(allowed(watcherIsNowCalledPlace), EXPORTED))
        .isInstanceOf(ExportRefused.class)
        .hasMessageContaining("place was field 2:STRING and is 3:STRING")
        .hasMessageContaining("drop the table x_refined.sightings in BigQuery");
  }

  @Test
  void retypedPartOfStructIsRefused() {
    Map<String, String> before = struct(Types.StringType.get()).identities();

    assertThat(before).containsEntry("place", "2:STRUCT").containsEntry("place.name", "5:STRING");
    assertThatThrownBy(() -> mustBe(struct(Types.LongType.get()), before))
        .isInstanceOf(ExportRefused.class)
        .hasMessageContaining("place.name was field 5:STRING and is 5:INT64");
  }

  @Test
  void columnsMayComeAndGo() {
    AllowedColumns columns = allowed(schema(1, 2, 3, 4));
    Map<String, String> fewer = Map.of("day", "1:DATE");
    Map<String, String> more = new TreeMap<>(EXPORTED);
    more.put("colour", "9:STRING");

    assertThatCode(() -> mustBe(columns, fewer)).doesNotThrowAnyException();
    assertThatCode(() -> mustBe(columns, more)).doesNotThrowAnyException();
    assertThat(columns.areThose(fewer)).isFalse();
    assertThat(columns.areThose(more)).isFalse();
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

  private static void mustBe(AllowedColumns columns, Map<String, String> exported) {
    columns.mustBe(exported, "x_refined.sightings");
  }

  private static AllowedColumns seen(Type type) {
    return allowed(
        new Schema(
            optional(1, "day", Types.DateType.get()),
            optional(2, "place", Types.StringType.get()),
            optional(4, "seen", type)));
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
