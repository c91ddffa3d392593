package dev.sluice.catalog.contract.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.SetRule.Severity;
import dev.sluice.catalog.contract.SourceField.TimeFormat;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractFolderTest {
  private static final List<DataContract> SHIPPED = ContractFolder.read(Path.of("../contracts"));
  private static final DataContract DETECTIONS =
      SHIPPED.stream().filter(c -> c.id().equals("video-detections")).findFirst().orElseThrow();
  private static final TenantId CITY = new TenantId("city");

  @Test
  void shippedContractsAreRead() {
    assertThat(SHIPPED)
        .extracting(DataContract::toString)
        .containsExactly(
            "camera-outages 1.0.0", "flights 1.3.0", "video-detections 1.2.0", "weather 1.1.0");
  }

  @Test
  void sourceNamesTopicOfEachTenant() {
    assertThat(DETECTIONS.tenants()).containsExactly(CITY);
    assertThat(DETECTIONS.source().topic(CITY)).isEqualTo("city.video-detections.v1");
    assertThat(DETECTIONS.owner()).isEqualTo("city-sensing");
  }

  @Test
  void stageColumnsCarryTypePrivacyAndSource() {
    StageColumn camera = DETECTIONS.stage().column("camera_token").orElseThrow();
    StageColumn time = DETECTIONS.stage().column("detected_at").orElseThrow();
    StageColumn item = DETECTIONS.stage().column("item_name").orElseThrow();

    assertThat(camera.type()).isEqualTo(Simple.STRING);
    assertThat(camera.privacy()).isEqualTo(new PrivacyMethod.SivToken("camera"));
    assertThat(camera.source().name()).isEqualTo("video_camera_oid");
    assertThat(camera.source().type()).isEqualTo(Simple.BIGINT);
    assertThat(time.type()).isEqualTo(Simple.TIMESTAMP);
    assertThat(time.source().timeFormat()).isEqualTo(TimeFormat.EPOCH_MILLIS);
    assertThat(item.classification()).isEqualTo(Classification.PERSONAL);
    assertThat(item.privacy()).isEqualTo(new PrivacyMethod.ScreenText());
    assertThat(item.source().maxLength()).contains(5000);
    assertThat(item.source().examples()).contains("car");
  }

  @Test
  void stageTableCarriesKeyTimeAndLayout() {
    assertThat(DETECTIONS.stage().key())
        .extracting(StageColumn::name)
        .containsExactly("detection_oid");
    assertThat(DETECTIONS.stage().eventTime().earliest())
        .isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
    assertThat(DETECTIONS.stage().duplicatesWithin()).isEqualTo(Duration.ofDays(7));
    assertThat(DETECTIONS.stage().partitioning()).containsExactly("days(detected_at)");
  }

  @Test
  void setRulesAreOneQueryEach() {
    assertThat(DETECTIONS.stage().setRules())
        .filteredOn(r -> r.id().equals("detection_is_unique"))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.severity()).isEqualTo(Severity.BLOCK);
              assertThat(r.query()).contains("GROUP BY `detection_oid` HAVING count(*) > 1");
              assertThat(r.mustBe().text()).isEqualTo("= 0");
            });
  }

  @Test
  void productsCarrySqlParametersAndExport() {
    Product top = DETECTIONS.product("top_items_by_location").orElseThrow();
    Product rows = DETECTIONS.product("detections").orElseThrow();

    assertThat(top.sql()).contains("row_number()");
    assertThat(top.parameters()).isEqualTo(Map.of("top", 10, "period", "WEEK"));
    assertThat(top.partition()).isEqualTo("period_start");
    assertThat(rows.export().orElseThrow().counted())
        .isEqualTo(new Counted.Subjects("camera_token"));
    assertThat(rows.export().orElseThrow().columns())
        .doesNotContain("detection_oid", "camera_token");
  }
}
