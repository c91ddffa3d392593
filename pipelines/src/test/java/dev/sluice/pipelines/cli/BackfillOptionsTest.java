package dev.sluice.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.pipelines.jobs.BackfillZone;
import dev.sluice.pipelines.runner.WrongUsage;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class BackfillOptionsTest {
  @Test
  void daysAreThoseOfUtcAndTheLastIsLeftOut() {
    BackfillOptions options = parsed("--from", "2013-01-01", "--to", "2013-02-01");

    assertThat(options.range())
        .isEqualTo(
            new BackfillRange(
                Instant.parse("2013-01-01T00:00:00Z"),
                Instant.parse("2013-02-01T00:00:00Z"),
                Mode.FILL_GAPS,
                false));
    assertThat(options.zones()).containsExactly(BackfillZone.values());
  }

  @Test
  void instantsZonesAndModesAreTakenAsTheyAreWritten() {
    BackfillOptions options =
        parsed(
            "--from",
            "2013-01-01T06:00:00Z",
            "--to",
            "2013-01-01T07:00:00Z",
            "--mode",
            "changed",
            "--zones",
            "export,stage",
            "--newest-first");

    assertThat(options.range().from()).isEqualTo("2013-01-01T06:00:00Z");
    assertThat(options.range().mode()).isEqualTo(Mode.CHANGED);
    assertThat(options.range().newestFirst()).isTrue();
    assertThat(options.zones()).containsExactly(BackfillZone.STAGE, BackfillZone.EXPORT);
  }

  @ParameterizedTest
  @CsvSource({
    "yesterday, 2013-02-01, force, stage, 2013-01-01T06:00:00Z",
    "2013-01-01, 2013-02-30, force, stage, 2013-01-01T06:00:00Z",
    "2013-01-01, 2013-02-01, all, stage, 'fill-gaps, changed, force'",
    "2013-01-01, 2013-02-01, force, raw, 'stage, refined, export'"
  })
  void whatIsNotUnderstoodIsRefusedWithWhatWouldBe(
      String from, String to, String mode, String zones, String hint) {
    assertThatThrownBy(() -> parsed("--from", from, "--to", to, "--mode", mode, "--zones", zones))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(hint);
  }

  @Test
  void anEmptyStretchIsRefused() {
    BackfillOptions options = parsed("--from", "2013-01-01", "--to", "2013-01-01");

    assertThatThrownBy(options::range)
        .isInstanceOf(WrongUsage.class)
        .hasMessageContaining("--to 2013-01-02");
  }

  private static BackfillOptions parsed(String... words) {
    BackfillOptions options = new BackfillOptions();
    CommandLine.populateCommand(options, words);
    return options;
  }
}
