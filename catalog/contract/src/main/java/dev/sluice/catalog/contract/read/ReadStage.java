package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.EventTime;
import dev.sluice.catalog.contract.RowRule;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import dev.sluice.catalog.contract.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the object tagged {@code zone:stage}. */
final class ReadStage {
  private ReadStage() {}

  /** The table; empty when it has no name. */
  static Optional<StageTable> of(Section object, Draft draft) {
    Optional<String> name = TableHeading.name(object, Zone.STAGE);
    Section table = name.map(n -> object.named("stage table " + n)).orElse(object);
    draft.place("stage", table.line());
    List<SetRule> setRules =
        new ArrayList<>(ReadSetRules.of(table, "stage", Optional.empty(), draft));
    List<StageColumn> columns = new ArrayList<>();
    ReadStageColumn reader = new ReadStageColumn(name.orElse(""), draft);
    for (Section property : table.sections("properties")) {
      reader.read(property, setRules).ifPresent(columns::add);
    }
    Section custom = table.custom();
    StageTable stage =
        new StageTable(
            name.orElse("unnamed"),
            columns,
            eventTime(custom, draft),
            within(custom),
            texts(custom, "partitioning", draft),
            texts(custom, "sortedBy", draft),
            rowRules(custom, draft),
            setRules);
    custom.done();
    table.done();
    return name.map(n -> stage);
  }

  private static List<String> texts(Section custom, String key, Draft draft) {
    draft.place("stage." + key, custom.line(key));
    return custom.texts(key);
  }

  private static EventTime eventTime(Section custom, Draft draft) {
    Optional<Section> section = custom.must("eventTime", custom.section("eventTime"));
    draft.place("stage.eventTime", custom.line("eventTime"));
    if (section.isEmpty()) {
      return new EventTime("", Instant.EPOCH, Duration.ZERO);
    }
    Section time = section.get();
    EventTime read =
        new EventTime(
            time.must("column", time.text("column")).orElse(""),
            time.must("earliest", Times.instant(time, "earliest")).orElse(Instant.EPOCH),
            time.must("latestAfterArrival", Times.duration(time, "latestAfterArrival"))
                .orElse(Duration.ZERO));
    time.done();
    return read;
  }

  private static Duration within(Section custom) {
    Optional<Section> section = custom.must("deduplication", custom.section("deduplication"));
    Duration within =
        section.flatMap(s -> s.must("within", Times.duration(s, "within"))).orElse(Duration.ZERO);
    section.ifPresent(Section::done);
    return within;
  }

  private static List<RowRule> rowRules(Section custom, Draft draft) {
    List<RowRule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Section rule : custom.sections("rowRules")) {
      Optional<String> id = Names.snake(rule, "id");
      Optional<String> expression = rule.must("expression", rule.text("expression"));
      String description = rule.text("description").orElse("");
      rule.done();
      if (id.isPresent() && !ids.add(id.get())) {
        rule.fault("id", "the row rule " + id.get() + " stands here twice; delete one");
      } else if (id.isPresent() && expression.isPresent()) {
        draft.place("stage.rowRule." + id.get(), rule.line("expression"));
        rules.add(new RowRule(id.get(), expression.get(), description));
      }
    }
    return rules;
  }
}
