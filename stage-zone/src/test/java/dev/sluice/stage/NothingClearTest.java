package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.personal;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PrivacyMethod.HmacPseudonym;
import dev.sluice.catalog.contract.PrivacyMethod.ScreenText;
import dev.sluice.catalog.contract.PrivacyMethod.SivToken;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.JobOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * A canary in every personal field, good rows and bad: searched for in all that promotion leaves.
 */
class NothingClearTest {
  private static final String CANARY = "canary7319";

  private static DataContract contract(String tenant) {
    return ContractFixture.of(tenant)
        .with(personal("plate", new SivToken("plate")))
        .with(personal("person", new HmacPseudonym("person")))
        .with(personal("remark", new ScreenText()))
        .with(
            ContractFixture.column(
                "friends",
                Simple.STRING,
                false,
                0,
                new SivToken("friends"),
                ContractFixture.field("friends", new ColumnType.Array(Simple.STRING))))
        .build();
  }

  private static String personalEvent(long id) {
    return event(
        id,
        NOON - id,
        "\"plate\":\""
            + CANARY
            + id
            + "\",\"person\":\""
            + CANARY
            + id
            + "\",\"remark\":\"mail "
            + CANARY
            + "@example.org\",\"friends\":[\""
            + CANARY
            + "\"]");
  }

  @Test
  void noClearPersonalValueIsInWhatIsWrittenShuffledOrPlanned() throws Exception {
    LandedByHand landed =
        new LandedByHand(contract("canary"))
            .land(
                personalEvent(1),
                personalEvent(2),
                personalEvent(2).replace("mail", "post"),
                "{\"plate\":\"" + CANARY + "\"}",
                "{\"plate\":\"" + CANARY);
    List<String> plans = new ArrayList<>();
    SparkListener listener = plansInto(plans);
    landed.lake.spark().sparkContext().addSparkListener(listener);

    JobOutcome outcome = landed.promote();

    assertThat(outcome.toString()).startsWith("Done").doesNotContain(CANARY);
    landed.lake.spark().sparkContext().removeSparkListener(listener);
    assertThat(plans).isNotEmpty().noneMatch(plan -> plan.contains(CANARY));
    Path warehouse = SharedLake.folder().resolve("warehouse");
    assertThat(decoded(landed, warehouse.resolve("canary_raw"))).contains(CANARY);
    assertThat(decoded(landed, warehouse.resolve("canary_stage"))).doesNotContain(CANARY);
    assertThat(decoded(landed, warehouse.resolve("canary_quarantine"))).doesNotContain(CANARY);
    assertThat(bytesOf(warehouse.resolve("canary_stage"))).doesNotContain(CANARY);
    assertThat(bytesOf(warehouse.resolve("canary_quarantine"))).doesNotContain(CANARY);
  }

  @Test
  void onlyTokensAreKeptBetweenSteps() {
    LandedByHand landed =
        new LandedByHand(contract("kept")).land(personalEvent(1), "{\"x\":\"" + CANARY);
    Dataset<Row> conformed =
        ConformRows.of(landed.lake.read("kept_raw.sightings"), landed.contract, landed.keyset);

    assertThat(conformed.columns()).doesNotContain(Columns.VALUE);
    for (Row row : (Row[]) conformed.collect()) {
      assertThat(text(row)).doesNotContain(CANARY);
    }
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      text.append(
              row.get(i) instanceof byte[] bytes
                  ? new String(bytes, UTF_8)
                  : String.valueOf(row.get(i)))
          .append('\n');
    }
    return text.toString();
  }

  private static SparkListener plansInto(List<String> plans) {
    return new SparkListener() {
      @Override
      public void onOtherEvent(SparkListenerEvent event) {
        plans.add(event.toString());
      }

      @Override
      public void onJobStart(SparkListenerJobStart job) {
        plans.add(String.valueOf(job.properties()));
      }
    };
  }

  /** Every Parquet file, read on its own and not through its table. */
  private static String decoded(LandedByHand landed, Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        for (Row row : (Row[]) landed.lake.spark().read().parquet(file.toString()).collect()) {
          text.append(text(row));
        }
      }
    }
    return text.toString();
  }

  private static String bytesOf(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        text.append(new String(Files.readAllBytes(file), ISO_8859_1));
      }
    }
    return text.toString();
  }
}
