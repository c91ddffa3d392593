package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.MeasureSetRules;
import dev.sluice.catalog.run.RuleResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measures the contract's set rules on stage as it would be. Rules see the stage table by its name,
 * reference tables by theirs, and the rows set aside as {@code quarantine}.
 */
final class AuditSet {
  private static final int SAMPLE = 10;
  private static final String QUARANTINE = "quarantine";

  private final Promoting promoting;

  AuditSet(Promoting promoting) {
    this.promoting = promoting;
  }

  List<RuleResult> measure(Dataset<Row> quarantine) {
    return measure(quarantine, told(Optional.empty()));
  }

  /**
   * What rules measure, as far as the rows added to the stage branch tell it: that may be asked as
   * soon as these are written.
   *
   * @param keysInStage as {@link AuditNews} wants them
   */
  Map<SetRule, Double> told(Optional<KeyHashes> keysInStage) {
    return promoting.contract().stage().setRules().isEmpty()
        ? Map.of()
        : new AuditNews(promoting, keysInStage).measured();
  }

  /**
   * @param quarantine the rows set aside
   * @param told what is known of the same branch of stage already; the other rules are measured
   */
  List<RuleResult> measure(Dataset<Row> quarantine, Map<SetRule, Double> told) {
    List<SetRule> rules = promoting.contract().stage().setRules();
    List<SetRule> others = rules.stream().filter(rule -> !told.containsKey(rule)).toList();
    Iterator<RuleResult> onAll =
        (others.isEmpty() ? List.<RuleResult>of() : onAll(others, quarantine)).iterator();
    List<RuleResult> results = new ArrayList<>();
    for (SetRule rule : rules) {
      Double number = told.get(rule);
      results.add(number == null ? onAll.next() : MeasureSetRules.result(rule, number));
    }
    return results;
  }

  private List<RuleResult> onAll(List<SetRule> rules, Dataset<Row> quarantine) {
    DataContract contract = promoting.contract();
    Lake lake = promoting.lake();
    Map<String, Dataset<Row>> views = new HashMap<>();
    views.put(QUARANTINE, quarantine);
    contract
        .references()
        .forEach(
            reference -> {
              String table = Zone.REFERENCE.table(promoting.tenant(), reference.name());
              if (lake.exists(table)) {
                views.put(reference.name(), lake.read(table));
              }
            });
    views.put(contract.stage().name(), audited());
    return MeasureSetRules.on(lake, rules, contract.stage().name(), views);
  }

  /**
   * At most ten of the rows that are held back, as stage would hold them: no clear personal value.
   */
  List<String> sample(long edition) {
    Column[] columns =
        StageRows.columns(promoting.contract()).stream()
            .map(c -> col(c.name()))
            .toArray(Column[]::new);
    return audited()
        .where(col(Lake.EDITION).equalTo(edition))
        .select(columns)
        .limit(SAMPLE)
        .toJSON()
        .takeAsList(SAMPLE);
  }

  private Dataset<Row> audited() {
    return promoting.lake().readBranch(promoting.stage(), promoting.branch());
  }
}
