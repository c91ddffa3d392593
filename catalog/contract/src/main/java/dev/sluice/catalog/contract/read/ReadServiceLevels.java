package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ServiceLevels;
import dev.sluice.catalog.contract.StageTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads {@code slaProperties}; those that it does not know are for people. */
final class ReadServiceLevels {
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Pattern CRON = Pattern.compile("[0-9*/,A-Z-]+( [0-9*/,A-Z-]+){4}");

  private Optional<Duration> latency = Optional.empty();
  private Optional<Duration> freshness = Optional.empty();
  private OptionalLong rowsPerDay = OptionalLong.empty();
  private Optional<String> legalHold = Optional.empty();
  private final Map<String, Duration> retention = new HashMap<>();

  private ReadServiceLevels() {}

  /**
   * The levels.
   *
   * @param stage the contract's stage table, if that could be read
   * @param products the contract's products
   */
  static ServiceLevels of(Section contract, Optional<StageTable> stage, List<Product> products) {
    ReadServiceLevels read = new ReadServiceLevels();
    for (Section level : contract.sections("slaProperties")) {
      read.level(level, stage, products);
    }
    return new ServiceLevels(
        read.latency, read.freshness, read.rowsPerDay, read.retention, read.legalHold);
  }

  private void level(Section level, Optional<StageTable> stage, List<Product> products) {
    String property = level.must("property", level.text("property")).orElse("");
    level.must("value", level.value("value"));
    switch (property) {
      case "latency" -> latency = duration(level, property);
      case "freshness" -> freshness = duration(level, property);
      case "retention" ->
          stage
              .flatMap(s -> new ReadRetention(s, products).table(level))
              .ifPresent(
                  table -> duration(level, property).ifPresent(d -> retention.put(table, d)));
      case "completeness" -> rowsPerDay = rowsPerDay(level);
      case "legalHold" -> legalHold = level.text("value");
      case "frequency", "canary" -> schedule(level);
      default -> {}
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

  private static Optional<Duration> duration(Section level, String property) {
    Optional<Integer> value = level.whole("value", 1, 1_000_000);
    Optional<String> unit = level.must("unit", level.text("unit"));
    Optional<Duration> one = unit.map(UNITS::get);
    if (unit.isPresent() && one.isEmpty()) {
      level.fault("unit", "a unit of " + property + " is s, min, h or d; got '" + unit.get() + "'");
    }
    return one.flatMap(each -> value.map(each::multipliedBy));
  }

  private static OptionalLong rowsPerDay(Section level) {
    Optional<Integer> value = level.whole("value", 1, Integer.MAX_VALUE);
    Optional<String> unit = level.must("unit", level.text("unit"));
    if (unit.isPresent() && !unit.get().equals("rows/d")) {
      level.fault("unit", "the unit of completeness is rows/d; got '" + unit.get() + "'");
    }
    return value.map(v -> OptionalLong.of(v)).orElse(OptionalLong.empty());
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
