package dev.sluice.pipelines.logging;

import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.DefaultLogEventFactory;
import org.apache.logging.log4j.core.impl.LogEventFactory;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** All that is logged at INFO and above while it is open, as an appender gets it. */
final class Overheard implements AutoCloseable {
  private final StringWriter text = new StringWriter();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final LoggerConfig root = context.getConfiguration().getRootLogger();
  private final Level before = root.getLevel();
  private final Map<LoggerConfig, LogEventFactory> factories = new HashMap<>();
  private final Appender appender;

  /**
   * @param redacted as the product logs; otherwise as Log4j does by itself
   */
  Overheard(boolean redacted) {
    PatternLayout layout = PatternLayout.newBuilder().withPattern("%p %c [%t] %X %m%n%ex").build();
    appender = WriterAppender.createAppender(layout, null, text, "overheard", false, true);
    appender.start();
    for (LoggerConfig each : all()) {
      factories.put(each, each.getLogEventFactory());
      if (!redacted) {
        each.setLogEventFactory(new DefaultLogEventFactory());
      }
    }
    root.addAppender(appender, Level.INFO, null);
    root.setLevel(Level.INFO);
    context.updateLoggers();
  }

  String text() {
    return text.toString();
  }

  private Set<LoggerConfig> all() {
    return Set.copyOf(context.getConfiguration().getLoggers().values());
  }

  @Override
  public void close() {
    root.removeAppender("overheard");
    root.setLevel(before);
    factories.forEach(LoggerConfig::setLogEventFactory);
    context.updateLoggers();
  }
}
