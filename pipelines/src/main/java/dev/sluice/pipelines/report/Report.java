package dev.sluice.pipelines.report;

import dev.sluice.catalog.run.RuleResult;
import dev.sluice.pipelines.query.QueryResult;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The report of one run. Holds no clear personal value: of raw and quarantine only place, size and
 * reason; of other zones rows as they stand there.
 *
 * @param tables rows by table
 * @param heads next sequence by table and lane
 * @param editions by table
 * @param exported by BigQuery table
 */
public record Report(
    String run,
    String command,
    String codeVersion,
    String startedAt,
    String finishedAt,
    int exitCode,
    List<Step> steps,
    SortedMap<String, Long> tables,
    SortedMap<String, SortedMap<String, Long>> heads,
    SortedMap<String, Long> editions,
    List<Lag> lag,
    SortedMap<String, Exported> exported,
    List<Aside> setAside,
    List<Sample> samples,
    List<Asked> queries) {

  public Report {
    steps = List.copyOf(steps);
    lag = List.copyOf(lag);
    setAside = List.copyOf(setAside);
    samples = List.copyOf(samples);
    queries = List.copyOf(queries);
  }

  /** One step with figures that balance. */
  public record Step(
      String step,
      String dataSet,
      String tenant,
      String outcome,
      String message,
      long taken,
      long published,
      long quarantined,
      long duplicates,
      long suppressed,
      double seconds,
      Map<String, Long> reasons,
      Map<String, Long> notes,
      List<RuleResult> rules,
      List<String> sample) {}

  /** How far behind a table is on one lane. */
  public record Lag(String zone, String table, String lane, long head, long end, long lag) {}

  /** What stands in BigQuery, and the bytes that left for it in all. */
  public record Exported(long rows, long bytes) {}

  /** Why rows are in quarantine, by table, fate and reason. */
  public record Aside(
      String table, String fate, String reason, String field, long rows, long bytes) {}

  /** A few rows of a table. */
  public record Sample(String zone, String table, QueryResult rows) {}

  /** A query that the run asked, and its answer. */
  public record Asked(String engine, String title, String sql, double seconds, QueryResult rows) {}
}
