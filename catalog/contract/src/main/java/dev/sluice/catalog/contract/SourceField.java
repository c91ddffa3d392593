package dev.sluice.catalog.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * How a column is read from a message and what its clear value must hold; a breach sets the row
 * aside.
 *
 * @param name the field's name in the message
 * @param type the type it must have there, before any privacy method
 * @param timeFormat how a time is written; ignored for other types
 */
public record SourceField(
    String name,
    ColumnType type,
    TimeFormat timeFormat,
    Optional<String> pattern,
    Optional<BigDecimal> minimum,
    Optional<BigDecimal> maximum,
    Optional<Integer> minLength,
    Optional<Integer> maxLength,
    List<String> allowed) {

  public SourceField {
    allowed = List.copyOf(allowed);
  }

  /** How times are written in a message. */
  public enum TimeFormat {
    ISO_8601,
    EPOCH_SECONDS,
    EPOCH_MILLIS,
    EPOCH_MICROS
  }
}
