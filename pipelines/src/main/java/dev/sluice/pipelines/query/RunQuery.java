package dev.sluice.pipelines.query;

import dev.sluice.catalog.publishing.FailedOnValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Runs one read-only statement over the lake, with a cap on rows and time. */
public final class RunQuery {
  private static final String GROUP = "sluice-query";

  private final SparkSession session;
  private final int mostRows;
  private final int mostSeconds;
  private final WatchReads reads;

  /**
   * @param reads is told what an answered statement read
   */
  public RunQuery(SparkSession session, int mostRows, int mostSeconds, WatchReads reads) {
    this.reads = reads;
    this.session = session.newSession();
    this.session.catalog().setCurrentCatalog("lake");
    this.mostRows = mostRows;
    this.mostSeconds = mostSeconds;
  }

  /**
   * Checks the statement, then runs it.
   *
   * @throws QueryRefused when it is more than a read, or does not fit the tables, before anything
   *     is read; and when it fails on a value or takes too long
   */
  public QueryResult run(String sql) {
    Set<String> tables = new CheckQuery(session, reads).check(sql);
    Dataset<Row> answer = session.sql(sql);
    List<Row> rows = collect(answer.limit(mostRows + 1));
    reads.read(tables);
    List<List<@Nullable String>> texts = new ArrayList<>();
    rows.stream().limit(mostRows).forEach(row -> texts.add(texts(row)));
    return new QueryResult(List.of(answer.columns()), texts, rows.size() > mostRows);
  }

  private List<Row> collect(Dataset<Row> answer) {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(RunQuery::daemon);
    session.sparkContext().setJobGroup(GROUP, "sluice query", true);
    AtomicBoolean over = new AtomicBoolean();
    // again and again: a query may have several jobs, and only those that run can be cancelled
    var unused =
        clock.scheduleWithFixedDelay(
            () -> {
              over.set(true);
              session.sparkContext().cancelJobGroup(GROUP);
            },
            mostSeconds,
            1,
            TimeUnit.SECONDS);
    try {
      return answer.collectAsList();
    } catch (Exception e) { // SparkException too, which Scala does not declare
      if (over.get()) {
        throw QueryRefused.tooSlow(mostSeconds);
      }
      FailedOnValues.condition(e)
          .ifPresent(
              condition -> {
                throw QueryRefused.failed(condition);
              });
      throw e;
    } finally {
      session.sparkContext().clearJobGroup();
      clock.shutdownNow();
    }
  }

  private static List<@Nullable String> texts(Row row) {
    List<@Nullable String> texts = new ArrayList<>();
    for (int i = 0; i < row.length(); i++) {
      texts.add(row.isNullAt(i) ? null : String.valueOf(row.get(i)));
    }
    return texts;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sluice-query-clock");
    thread.setDaemon(true);
    return thread;
  }
}
