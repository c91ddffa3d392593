package dev.sluice.refined.export;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.PolicyTags;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import java.util.List;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

class TargetColumnsTest {
  private static final NestedField DAY = optional(1, "day", Types.DateType.get());
  private static final NestedField SEEN = optional(2, "seen", Types.LongType.get());
  private static final NestedField PLACE = place(optional(4, "name", Types.StringType.get()));

  @Test
  void tableWithTheColumnsInAnotherOrderFits() {
    TargetColumns columns = between(allowed(SEEN, DAY).schema(), DAY, SEEN);

    assertThat(columns.fit()).isTrue();
  }

  @Test
  void columnThatMayNotLeaveAnyMoreIsSurplusAndStaysWhereBigQueryDoesNotDropIt() {
    TargetColumns columns = between(allowed(DAY, SEEN).schema(), DAY, PLACE);

    assertThat(columns.surplus()).containsExactly("seen");
    assertThat(columns.lacksColumns()).isTrue();
    assertThat(names(columns.gained())).containsExactly("day", "seen", "place");
    assertThat(between(allowed(DAY, SEEN).schema(), DAY).fit()).isTrue();
  }

  @Test
  void newColumnComesLastAndWhatWasSaidOfTheOthersStays() {
    PolicyTags tags = PolicyTags.newBuilder().setNames(List.of("secret")).build();
    Field tagged = Field.newBuilder("seen", StandardSQLTypeName.INT64).setPolicyTags(tags).build();

    Schema gained = between(Schema.of(tagged), DAY, SEEN).gained();

    assertThat(names(gained)).containsExactly("seen", "day");
    assertThat(gained.getFields().get("seen").getPolicyTags()).isEqualTo(tags);
  }

  @Test
  void structGainsPartsAtItsEndOnly() {
    NestedField longer =
        place(
            optional(4, "name", Types.StringType.get()),
            optional(5, "floor", Types.IntegerType.get()));
    TargetColumns columns = between(allowed(DAY, PLACE).schema(), DAY, longer);

    assertThat(columns.lacksColumns()).isTrue();
    assertThat(names(Schema.of(columns.gained().getFields().get("place").getSubFields())))
        .containsExactly("name", "floor");
    assertThatThrownBy(() -> between(allowed(DAY, longer).schema(), DAY, PLACE).gained())
        .isInstanceOf(ExportRefused.class)
        .hasMessageContaining("Column place of x_refined.y");
  }

  @Test
  void numberGetsMoreDigits() {
    TargetColumns columns =
        between(
            allowed(DAY, optional(2, "price", Types.DecimalType.of(10, 2))).schema(),
            DAY,
            optional(2, "price", Types.DecimalType.of(12, 2)));

    assertThat(columns.fit()).isFalse();
    assertThat(columns.widened()).extracting(Field::getPrecision).containsExactly(12L);
  }

  @Test
  void otherTypeIsRefused() {
    TargetColumns columns =
        between(allowed(DAY, optional(2, "seen", Types.StringType.get())).schema(), DAY, SEEN);

    assertThatThrownBy(columns::gained)
        .isInstanceOf(ExportRefused.class)
        .hasMessageContaining("Column seen of x_refined.y in BigQuery is STRING")
        .hasMessageContaining("Drop the table in BigQuery");
  }

  private static TargetColumns between(Schema found, NestedField... wanted) {
    return new TargetColumns("x_refined.y", found, allowed(wanted));
  }

  private static AllowedColumns allowed(NestedField... fields) {
    List<AllowedColumn> columns =
        List.of(fields).stream()
            .map(f -> new AllowedColumn(f, BigQueryTypes.field(f.name(), f.name(), f.type())))
            .toList();
    return new AllowedColumns(columns, columns.get(0));
  }

  private static NestedField place(NestedField... parts) {
    return optional(3, "place", Types.StructType.of(parts));
  }

  private static List<String> names(Schema schema) {
    return schema.getFields().stream().map(Field::getName).toList();
  }
}
