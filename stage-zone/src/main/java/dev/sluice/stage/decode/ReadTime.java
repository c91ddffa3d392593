package dev.sluice.stage.decode;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.SourceField.TimeFormat;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;

/**
 * Dates and times of the years 1 to 9999, which every reader of the tables can hold. A timestamp as
 * text needs its offset (RFC 3339); digits beyond microseconds are cut, as the tables hold no more.
 */
record ReadTime(Simple type, TimeFormat format) implements ReadValue {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  // the predefined formats are strict about days that do not exist, and these are made so
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ISO_LOCAL_DATE.withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ISO_LOCAL_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter OFFSET =
      DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);

  @Override
  public Object read(Tokens in) throws IOException, Rejected {
    Instant instant = instant(in);
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
    return switch (type) {
      case DATE -> LocalDate.ofInstant(instant, ZoneOffset.UTC);
      case TIMESTAMP_NTZ -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
      default -> instant;
    };
  }

  private Instant instant(Tokens in) throws IOException, Rejected {
    Object typed = in.typed();
    if (typed != null) {
      return fromTyped(typed);
    }
    return format == TimeFormat.ISO_8601 ? fromText(in.text()) : fromNumber(in);
  }

  /** Only of its own kind: a time without a zone is no instant. */
  private Instant fromTyped(Object typed) throws Rejected {
    if (type == Simple.DATE && typed instanceof LocalDate date) {
      return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (type == Simple.TIMESTAMP_NTZ && typed instanceof LocalDateTime local) {
      return micros(local.toInstant(ZoneOffset.UTC));
    }
    if (type == Simple.TIMESTAMP && typed instanceof Instant instant) {
      return micros(instant);
    }
    throw new Rejected(Reason.WRONG_TYPE);
  }

  private Instant fromText(String text) throws Rejected {
    try {
      return switch (type) {
        case DATE -> LocalDate.parse(text, DATE).atStartOfDay().toInstant(ZoneOffset.UTC);
        case TIMESTAMP_NTZ -> micros(LocalDateTime.parse(text, LOCAL).toInstant(ZoneOffset.UTC));
        default -> micros(OffsetDateTime.parse(text, OFFSET).toInstant());
      };
    } catch (DateTimeException e) {
      throw new Rejected(Reason.BAD_TIME);
    }
  }

  private static Instant micros(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  private Instant fromNumber(Tokens in) throws IOException, Rejected {
    long number = in.wholeNumber();
    try {
      return switch (format) {
        case EPOCH_SECONDS -> Instant.ofEpochSecond(number);
        case EPOCH_MILLIS -> Instant.ofEpochMilli(number);
        default -> Instant.EPOCH.plus(number, ChronoUnit.MICROS);
      };
    } catch (DateTimeException | ArithmeticException e) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
  }
}
