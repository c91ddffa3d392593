package dev.sluice.pipelines.demo;

import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.query.AskBigQuery;
import dev.sluice.pipelines.query.QueryResult;
import dev.sluice.pipelines.query.RunQuery;
import dev.sluice.pipelines.query.TextTable;
import dev.sluice.pipelines.query.WatchReads;
import dev.sluice.pipelines.report.Report;
import dev.sluice.pipelines.runner.Progress;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** What an analyst might ask first, on Iceberg and on BigQuery; the questions are in a resource. */
public final class AnalystQuestions {
  private static final int ROWS = 5;

  private final SparkSession spark;
  private final SluiceConfig config;
  private final Progress progress;
  private final WatchReads reads;

  /**
   * @param reads is told what a question read of the lake
   */
  public AnalystQuestions(
      SparkSession spark, SluiceConfig config, Progress progress, WatchReads reads) {
    this.reads = reads;
    this.spark = spark;
    this.config = config;
    this.progress = progress;
  }

  /** Asks all of them. */
  public List<Report.Asked> ask() {
    RunQuery iceberg = new RunQuery(spark, ROWS, config.limits().querySeconds(), reads);
    AskBigQuery bigQuery = new AskBigQuery(config.bigquery());
    List<Report.Asked> asked = new ArrayList<>();
    for (Question question : Question.all()) {
      asked.add(
          ask(
              question,
              () ->
                  question.engine().equals("Iceberg")
                      ? iceberg.run(question.sql())
                      : bigQuery.ask(question.sql(), ROWS)));
    }
    return asked;
  }

  @FunctionalInterface
  private interface Answer {
    QueryResult get() throws InterruptedException;
  }

  private Report.Asked ask(Question question, Answer answer) {
    long start = System.nanoTime();
    try {
      QueryResult result = answer.get();
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.say(question.engine() + ": " + question.title());
      TextTable.lines(result.columns(), result.rows())
          .forEach(line -> progress.plain("             " + line));
      return new Report.Asked(question.engine(), question.title(), question.sql(), seconds, result);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking BigQuery", e);
    }
  }
}
