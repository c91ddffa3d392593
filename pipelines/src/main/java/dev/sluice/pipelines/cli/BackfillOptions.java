package dev.sluice.pipelines.cli;

import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.pipelines.jobs.BackfillZone;
import dev.sluice.pipelines.runner.WrongUsage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which stretch of event time is done again, where and how. */
final class BackfillOptions {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      converter = Moment.class,
      description =
          "First moment of event time: a day in UTC (2013-01-01) or an instant (2013-01-01T06:00:00Z).")
  private Instant from = Instant.EPOCH;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      converter = Moment.class,
      description =
          "First moment that is left out, in the same forms: --to 2013-02-01 ends with January 31.")
  private Instant to = Instant.EPOCH;

  @Option(
      names = "--zones",
      paramLabel = "ZONE",
      split = ",",
      converter = Zones.class,
      description = "Zones in which it is done, of stage, refined, export (default: all).")
  private List<BackfillZone> zones = List.of(BackfillZone.values());

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = Modes.class,
      description = {
        "fill-gaps: what the zone above has and this one lacks (default);",
        "changed: what an older contract made, or what changed since in the zone above;",
        "force: all of the stretch."
      })
  private Mode mode = Mode.FILL_GAPS;

  @Option(names = "--newest-first", description = "Do the newest partition first.")
  private boolean newestFirst;

  BackfillRange range() {
    if (!from.isBefore(to)) {
      throw new WrongUsage(
          "Expected --from before --to, which is left out; got --from "
              + from
              + " --to "
              + to
              + ". For one day say --from 2013-01-01 --to 2013-01-02");
    }
    return new BackfillRange(from, to, mode, newestFirst);
  }

  Set<BackfillZone> zones() {
    return EnumSet.copyOf(zones);
  }

  static final class Moment implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.length() == 10
            ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
            : Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "expected a day such as 2013-01-01 or an instant such as 2013-01-01T06:00:00Z; got '"
                + text
                + "'");
      }
    }
  }

  static final class Modes implements ITypeConverter<Mode> {
    @Override
    public Mode convert(String text) {
      return named(Mode.values(), text);
    }
  }

  static final class Zones implements ITypeConverter<BackfillZone> {
    @Override
    public BackfillZone convert(String text) {
      return named(BackfillZone.values(), text);
    }
  }

  private static <E extends Enum<E>> E named(E[] values, String text) {
    return Arrays.stream(values)
        .filter(each -> name(each).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of "
                        + Arrays.stream(values)
                            .map(BackfillOptions::name)
                            .collect(Collectors.joining(", "))
                        + "; got '"
                        + text
                        + "'"));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
