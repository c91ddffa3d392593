package dev.sluice.pipelines.logging;

import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkFirehoseListener;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.deploy.history.EventLogFileWriter;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerLogStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.util.JsonProtocol;
import org.apache.spark.util.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Writes Spark's event log in Spark's place, under the same settings and read by the same history
 * server, but each event through {@link RedactEvent}. Spark makes it by {@code
 * spark.extraListeners}; its calls come one after the other.
 */
public final class RedactedEventLog extends SparkFirehoseListener {
  private static final String ENABLED = "spark.eventLog.enabled";
  private static final String LISTENERS = "spark.extraListeners";

  private final SparkConf conf;
  private final RedactEvent redact;
  private @Nullable EventLogFileWriter writer;
  private boolean ended;

  /** For Spark, which gives its settings. */
  public RedactedEventLog(SparkConf conf) {
    this.conf = conf;
    this.redact =
        new RedactEvent(Pattern.compile(conf.get("spark.redaction.regex", "(?i)secret|password")));
  }

  /** Where Spark was to write an event log, lets this class write it instead. */
  public static void replaceSparks(SparkConf conf) {
    if (conf.getBoolean(ENABLED, false)) {
      String others = conf.get(LISTENERS, "");
      String ours = RedactedEventLog.class.getName();
      conf.set(ENABLED, "false").set(LISTENERS, others.isEmpty() ? ours : others + "," + ours);
    }
  }

  @Override
  public void onEvent(SparkListenerEvent event) {
    if (event instanceof SparkListenerBlockUpdated
        || event instanceof SparkListenerExecutorMetricsUpdate
        || !event.logEvent()
        || ended) {
      return;
    }
    EventLogFileWriter open = open();
    boolean flush =
        !(event instanceof SparkListenerTaskStart || event instanceof SparkListenerTaskEnd);
    open.writeEvent(redact.of(JsonProtocol.sparkEventToJsonString(event)), flush);
    if (event instanceof SparkListenerApplicationEnd) {
      open.stop();
      ended = true;
    }
  }

  private EventLogFileWriter open() {
    EventLogFileWriter open = writer;
    if (open == null) {
      open =
          EventLogFileWriter.apply(
              conf.get("spark.app.id"),
              scala.Option.empty(),
              Utils.resolveURI(conf.get("spark.eventLog.dir", "file:/tmp/spark-events")),
              conf,
              SparkHadoopUtil.get().newConfiguration(conf));
      open.start();
      String version = org.apache.spark.package$.MODULE$.SPARK_VERSION();
      open.writeEvent(
          JsonProtocol.sparkEventToJsonString(new SparkListenerLogStart(version)), true);
      writer = open;
    }
    return open;
  }
}
