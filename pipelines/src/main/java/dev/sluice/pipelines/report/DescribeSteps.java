package dev.sluice.pipelines.report;

import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.pipelines.runner.StepResult;
import java.util.List;
import java.util.TreeMap;

/** Turns results of steps into parts of a report. */
final class DescribeSteps {
  private DescribeSteps() {}

  static Report.Step of(StepResult result) {
    StepFigures figures =
        result
            .figures()
            .orElseGet(
                () ->
                    StepFigures.allPublished(
                        result.place().step(),
                        result.place().dataSet(),
                        result.place().tenant().name(),
                        0,
                        new TreeMap<>()));
    List<String> sample =
        result.outcome() instanceof JobOutcome.Blocked blocked ? blocked.sample() : List.of();
    return new Report.Step(
        result.place().step(),
        result.place().dataSet(),
        result.place().tenant().name(),
        result.kind(),
        result.message(),
        figures.taken(),
        figures.published(),
        figures.quarantined(),
        figures.duplicates(),
        figures.suppressed(),
        Math.round(result.seconds() * 1000) / 1000.0,
        figures.reasons(),
        figures.notes(),
        result.rules(),
        sample);
  }
}
