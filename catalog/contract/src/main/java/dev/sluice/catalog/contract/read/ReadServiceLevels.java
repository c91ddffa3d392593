package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ServiceLevels;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code slaProperties}: {@code latency} and {@code frequency} have an effect, others are for
 * people.
 */
final class ReadServiceLevels {
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Pattern CRON = Pattern.compile("[0-9*/,A-Z-]+( [0-9*/,A-Z-]+){4}");

  private ReadServiceLevels() {}

  static ServiceLevels of(Section contract) {
    Optional<Duration> latency = Optional.empty();
    for (Section level : contract.sections("slaProperties")) {
      String property = level.must("property", level.text("property")).orElse("");
      level.must("value", level.value("value"));
      if (property.equals("latency")) {
        latency = duration(level);
      } else if (property.equals("frequency")) {
        schedule(level);
      }
      level.known(
          "id",
          "valueExt",
          "unit",
          "element",
          "driver",
          "description",
          "scheduler",
          "schedule",
          "customProperties",
          "authoritativeDefinitions");
      level.done();
    }
    return new ServiceLevels(latency);
  }

  private static Optional<Duration> duration(Section level) {
    Optional<Integer> value = level.whole("value", 1, 1_000_000);
    Optional<String> unit = level.must("unit", level.text("unit"));
    Optional<Duration> one = unit.map(UNITS::get);
    if (unit.isPresent() && one.isEmpty()) {
      level.fault("unit", "a unit of latency is s, min, h or d; got '" + unit.get() + "'");
    }
    return one.flatMap(each -> value.map(each::multipliedBy));
  }

  private static void schedule(Section level) {
    level
        .text("scheduler")
        .filter(name -> !name.equals("cron"))
        .ifPresent(
            name -> level.fault("scheduler", "the scheduler must be cron; got '" + name + "'"));
    level
        .text("schedule")
        .filter(text -> !CRON.matcher(text).matches())
        .ifPresent(
            text ->
                level.fault(
                    "schedule",
                    "a schedule is a cron expression of five fields, such as */10 * * * *; got '"
                        + text
                        + "'"));
  }
}
