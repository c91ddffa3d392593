package dev.sluice.pipelines.logging;

import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.impl.LogEventFactory;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.SimpleMessage;
import org.jspecify.annotations.Nullable;

/**
 * Makes every log event of a process, whoever logs and whatever appenders there are; so nothing
 * that a configuration does brings back what is left out here. Exceptions come without foreign
 * messages, foreign lines without what they repeat of them, and no context map. Log4j finds this
 * class by {@code log4j2.component.properties} on the class path.
 */
public final class RedactedEvents implements LogEventFactory {
  private static final String OURS = "dev.sluice.";

  /** For Log4j. */
  public RedactedEvents() {}

  @Override
  public LogEvent createEvent(
      String logger,
      @Nullable Marker marker,
      String caller,
      Level level,
      @Nullable Message message,
      @Nullable List<Property> properties,
      @Nullable Throwable thrown) {
    Log4jLogEvent.Builder event =
        Log4jLogEvent.newBuilder()
            .setLoggerName(logger)
            .setMarker(marker)
            .setLoggerFqcn(caller)
            .setLevel(level)
            .setMessage(new SimpleMessage(text(logger, message)))
            .setContextData(ContextDataFactory.emptyFrozenContextData());
    Throwable told = WithoutMessages.of(thrown);
    return (told == null ? event : event.setThrown(told)).build();
  }

  private static String text(String logger, @Nullable Message message) {
    String text = message == null ? "" : message.getFormattedMessage();
    return logger.startsWith(OURS) ? text : Telling.text(text);
  }
}
