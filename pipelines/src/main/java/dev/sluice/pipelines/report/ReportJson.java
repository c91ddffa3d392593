package dev.sluice.pipelines.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The report as JSON; field names are those of {@link Report} in snake case. */
public final class ReportJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** Beyond what JSON itself demands; all of it can only stand within texts. */
  private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\r\n]]");

  private ReportJson() {}

  /** Any of our records in the same form; what might steer a terminal is escaped. */
  public static String text(Object value) {
    try {
      return STEERING.matcher(JSON.writeValueAsString(value)).replaceAll(ReportJson::escaped);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report has no JSON form", e);
    }
  }

  private static String escaped(MatchResult character) {
    return character
        .group()
        .chars()
        .mapToObj(unit -> String.format(Locale.ROOT, "\\\\u%04x", unit))
        .collect(Collectors.joining());
  }
}
