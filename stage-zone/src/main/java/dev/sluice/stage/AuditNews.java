package dev.sluice.stage;

import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.contract.StageTable;
import dev.sluice.catalog.publishing.AuditMark;
import dev.sluice.catalog.publishing.CountedCondition;
import dev.sluice.catalog.publishing.FailedOnValues;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measures set rules on the rows that the audit branch adds to main, read back from the branch.
 * That tells what they measure on the whole where main is known to measure 0: a rule that counts
 * rows by a condition on each of them, and the one by which a business key stands once. Main is
 * known to when it was audited by the same rules, which block on more than 0.
 */
final class AuditNews {
  private final Promoting promoting;
  private final Optional<KeyHashes> keysInStage;

  /**
   * @param keysInStage hashes of keys of the added rows that stand in main; empty when unknown
   */
  AuditNews(Promoting promoting, Optional<KeyHashes> keysInStage) {
    this.promoting = promoting;
    this.keysInStage = keysInStage;
  }

  /** What rules measure on the whole; those that are missing have to be measured there. */
  Map<SetRule, Double> measured() {
    Table stage = promoting.lake().table(promoting.stage());
    Snapshot main = stage.currentSnapshot();
    Snapshot tip = stage.snapshot(promoting.branch());
    if (main == null || tip == null || !isAppendTo(main, tip)) {
      return Map.of();
    }
    Dataset<Row> added =
        promoting.lake().added(promoting.stage(), main.snapshotId(), tip.snapshotId());
    Map<SetRule, Double> measured = new HashMap<>(totals(added, tip));
    if (AuditMark.isOn(main, promoting.contract(), promoting.run())) {
      measured.putAll(unlessItFails(added));
    }
    return measured;
  }

  /** A rule that fails on a value is told apart from the others where each is measured alone. */
  private Map<SetRule, Double> unlessItFails(Dataset<Row> added) {
    try {
      return onAdded(added);
    } catch (Exception e) {
      // Spark throws its checked SparkException through Scala code that does not declare it.
      if (FailedOnValues.condition(e).isEmpty()) {
        throw e;
      }
      return Map.of();
    }
  }

  /** Rules that count all rows: a snapshot tells how many its files hold. */
  private Map<SetRule, Double> totals(Dataset<Row> added, Snapshot tip) {
    StageTable table = promoting.contract().stage();
    String rows = tip.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP);
    if (rows == null || !"0".equals(tip.summary().get(SnapshotSummary.TOTAL_DELETE_FILES_PROP))) {
      return Map.of();
    }
    return table.setRules().stream()
        .filter(rule -> CountedCondition.isEveryRow(rule, added, table.name()))
        .collect(Collectors.toMap(rule -> rule, rule -> Double.valueOf(rows), (a, b) -> a));
  }

  private static boolean isAppendTo(Snapshot main, Snapshot tip) {
    return tip.parentId() != null
        && tip.parentId() == main.snapshotId()
        && DataOperations.APPEND.equals(tip.operation());
  }

  private Map<SetRule, Double> onAdded(Dataset<Row> added) {
    DataContract contract = promoting.contract();
    Map<SetRule, Column> conditions = new LinkedHashMap<>();
    for (SetRule rule : contract.stage().setRules()) {
      if (rule.allowsNone() && !CountedCondition.isEveryRow(rule, added, contract.stage().name())) {
        CountedCondition.of(rule, added, contract.stage().name())
            .ifPresent(condition -> conditions.put(rule, condition));
      }
    }
    Optional<SetRule> unique = keysInStage.flatMap(known -> KeyRule.of(contract));
    if (conditions.isEmpty() && unique.isEmpty()) {
      return Map.of();
    }
    AddedRows rows =
        AddedRows.of(
            added.as(contract.stage().name()),
            List.copyOf(conditions.values()),
            unique.isPresent() ? ConformRows.keyHash(contract) : lit(null).cast("bigint"));
    Map<SetRule, Double> measured = new HashMap<>();
    int place = 0;
    for (SetRule rule : conditions.keySet()) {
      measured.put(rule, (double) rows.counts()[place++]);
    }
    // hashes that meet may be of different keys; then the whole tells
    unique
        .filter(rule -> rows.haveHashesOfTheirOwn(keysInStage.orElseThrow()))
        .ifPresent(rule -> measured.put(rule, 0.0));
    return measured;
  }
}
