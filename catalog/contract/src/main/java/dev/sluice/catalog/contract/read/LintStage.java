package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what is wrong within a stage table: key, time and protection of its columns, and its layout
 * by {@link LintLayout}.
 */
final class LintStage {
  /** With fewer values than this, counting tokens tells which is which. */
  private static final int FEWEST_VALUES = 1000;

  private final StageTable stage;
  private final Places places;
  private final List<Fault> faults = new ArrayList<>();

  LintStage(DeclaredContract declared) {
    this.stage = declared.contract().stage();
    this.places = declared.places();
  }

  List<Fault> lint() {
    key();
    eventTime();
    faults.addAll(new LintLayout(stage, places).lint());
    stage.columns().forEach(this::protection);
    ruleIds(stage.setRules(), "stage", places, faults);
    return faults;
  }

  private void add(String part, String message) {
    faults.add(places.of(part).fault(message));
  }

  private void key() {
    List<StageColumn> key = stage.key();
    if (key.isEmpty()) {
      add("stage", "the stage table needs a business key; add primaryKey and primaryKeyPosition");
    }
    for (int i = 0; i < key.size(); i++) {
      StageColumn column = key.get(i);
      String part = "stage.column." + column.name();
      if (column.keyPosition() != i + 1) {
        add(part, "the key's positions must be 1, 2, 3, ...; got " + column.keyPosition());
      }
      boolean stays =
          column.privacy() instanceof PrivacyMethod.Keep || column.privacy().makesToken();
      if (!stays) {
        add(part, "a key column must be kept or tokenised, or different events become one");
      }
      Object type = column.source().type();
      if (type == Simple.FLOAT
          || type == Simple.DOUBLE
          || type == Simple.BINARY
          || isNested(column)) {
        add(part, "a key column has a simple type that compares exactly");
      }
    }
  }

  private static boolean isNested(StageColumn column) {
    return column.type().ddl().indexOf('<') >= 0;
  }

  private void eventTime() {
    String name = stage.eventTime().column();
    Optional<StageColumn> column = stage.column(name);
    boolean fits =
        column
            .filter(c -> c.type() == Simple.TIMESTAMP && c.required())
            .filter(c -> c.privacy() instanceof PrivacyMethod.Keep)
            .isPresent();
    if (!fits && !name.isEmpty()) {
      add(
          "stage.eventTime",
          "the event time '"
              + name
              + "' must be a required timestamptz column of the stage table that is kept");
    }
  }

  private void protection(StageColumn column) {
    String part = "stage.column." + column.name();
    if (column.classification() == Classification.PERSONAL
        && column.privacy() instanceof PrivacyMethod.Keep) {
      add(
          part + ".privacy",
          "the personal column "
              + column.name()
              + " must be protected; "
              + (isNested(column)
                  ? "suppress or drop it, and give the parts you need columns of their own, with"
                      + " their path as the field of source (owner.email)"
                  : "replace keep by siv-token, hmac-pseudonym, screen-text, generalise, suppress"
                      + " or drop"));
    }
    boolean fewValues =
        column.source().type() == Simple.BOOLEAN
            || (!column.source().allowed().isEmpty()
                && column.source().allowed().size() < FEWEST_VALUES);
    if (column.privacy().makesToken() && fewValues) {
      add(
          part + ".source",
          "tokens of "
              + column.name()
              + " can be told apart by counting them, because it has few values; suppress or drop"
              + " it");
    }
    if (column.reachesStage()
        && column.privacy() instanceof PrivacyMethod.Suppress
        && column.required()) {
      add(part, "a suppressed column is null in stage; delete required");
    }
  }

  static void ruleIds(List<SetRule> rules, String table, Places places, List<Fault> faults) {
    Set<String> ids = new HashSet<>();
    for (SetRule rule : rules) {
      if (!ids.add(rule.id())) {
        faults.add(
            places
                .of(table + ".setRule." + rule.id())
                .fault("the rule " + rule.id() + " stands twice in one table; rename one"));
      }
    }
  }
}
