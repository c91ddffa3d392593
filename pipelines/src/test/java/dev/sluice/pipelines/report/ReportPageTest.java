package dev.sluice.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.query.QueryResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  private static final String HOSTILE = "<script>alert('x')</script>";

  @Test
  void dataCannotBecomeMarkup() {
    String page = ReportPage.text(report("r1"));

    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;alert(&#39;x&#39;)");
  }

  @Test
  void thePageNeedsNothingFromElsewhere() {
    assertThat(ReportPage.text(report("r1")))
        .doesNotContain("http://", "https://", "src=", "href=", "@import", "url(")
        .contains("default-src 'none'");
  }

  @Test
  void aStepThatDoesNotBalanceIsMarked() {
    assertThat(ReportPage.text(report("r1"))).contains("class=\"bad\">NO<");
  }

  @Test
  void theJsonHasTheFieldsThatOthersReadByName() throws IOException {
    JsonNode json = new ObjectMapper().readTree(ReportJson.text(report("r1")));

    JsonNode step = json.at("/steps/0");
    for (String name :
        List.of(
            "step",
            "data_set",
            "tenant",
            "taken",
            "published",
            "quarantined",
            "duplicates",
            "suppressed",
            "seconds")) {
      assertThat(step.has(name)).as(name).isTrue();
    }
    assertThat(json.at("/tables/city_raw.video_detections").asLong()).isEqualTo(10);
    assertThat(json.at("/heads/city_raw.video_detections").path("lane").asLong()).isEqualTo(10);
    assertThat(json.at("/exported/city_refined.detections/bytes").asLong()).isEqualTo(99);
  }

  @Test
  void latestLeadsToTheLastReport(@TempDir Path folder) throws IOException {
    Home home = new Home(folder);
    WriteReport write = new WriteReport(home);

    write.write(report("r1"));
    write.write(report("r2"));

    assertThat(Files.readString(home.latestReport().resolve("report.json"))).contains("\"r2\"");
    assertThat(home.report("r1").resolve("report.html")).exists();
  }

  private static Report report(String run) {
    QueryResult rows =
        new QueryResult(List.of("place"), List.of(Arrays.asList(HOSTILE, null)), false);
    return new Report(
        run,
        "run",
        "0.1.0",
        "2026-11-20T12:00:00Z",
        "2026-11-20T12:01:00Z",
        0,
        List.of(
            new Report.Step(
                "promote",
                "video-detections",
                "city",
                "Done",
                HOSTILE,
                10,
                8,
                1,
                0,
                0,
                1.5,
                Map.of("NOT_JSON", 1L),
                Map.of(),
                List.of(new RuleResult("unique", 0, "= 0", true, true)),
                List.of())),
        new TreeMap<>(Map.of("city_raw.video_detections", 10L)),
        new TreeMap<>(Map.of("city_raw.video_detections", new TreeMap<>(Map.of("lane", 10L)))),
        new TreeMap<>(Map.of("city_raw.video_detections", 1L)),
        List.of(new Report.Lag("raw", "city_raw.video_detections", "lane", 10, 12, 2)),
        new TreeMap<>(Map.of("city_refined.detections", new Report.Exported(7, 99))),
        List.of(new Report.Aside("q", "quarantined", "NOT_JSON", HOSTILE, 1, 20)),
        List.of(new Report.Sample("stage", "city_stage.video_detections", rows)),
        List.of(new Report.Asked("Iceberg", HOSTILE, "SELECT 1", 0.1, rows)));
  }
}
