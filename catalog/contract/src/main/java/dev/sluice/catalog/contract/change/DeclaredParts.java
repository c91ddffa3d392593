package dev.sluice.catalog.contract.change;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.contract.SourceField;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a contract says of a table beside its columns' names and types, part by part, so that a plan
 * can tell what changed. Long or telling texts (SQL, patterns, allowed values) are fingerprints.
 */
public final class DeclaredParts {
  /** Names of the key columns; a change makes another data set. */
  public static final String KEY = "key";

  /** Names of the columns without which a message is set aside. */
  public static final String REQUIRED = "required";

  /** Prefix of the privacy method of a column; a change makes another column. */
  public static final String PRIVACY = "privacy.";

  private DeclaredParts() {}

  /** Of the stage table. */
  public static Map<String, String> ofStage(DataContract contract) {
    StageTable stage = contract.stage();
    Map<String, String> parts = new TreeMap<>();
    parts.put(KEY, names(stage.key().stream().map(StageColumn::name).toList()));
    parts.put(
        REQUIRED,
        names(
            stage.columns().stream()
                .filter(StageColumn::required)
                .map(StageColumn::name)
                .sorted()
                .toList()));
    for (StageColumn column : stage.columns()) {
      if (column.reachesStage()) {
        parts.put(PRIVACY + column.name(), column.privacy().toString());
      }
      parts.put("source." + column.name(), source(column.source()));
    }
    stage.rowRules().forEach(rule -> parts.put("rule." + rule.id(), text(rule.expression())));
    setRules(stage.setRules(), parts);
    parts.put(
        "eventTime", stage.eventTime().earliest() + " " + stage.eventTime().latestAfterArrival());
    parts.put("eventTimeColumn", stage.eventTime().column());
    parts.put("duplicatesWithin", stage.duplicatesWithin().toString());
    contract
        .evolution()
        .producers()
        .ifPresent(
            p ->
                parts.put(
                    "producers",
                    (p.isHeader() ? "header " : "")
                        + p.place()
                        + " "
                        + p.known()
                        + p.unversioned()));
    return parts;
  }

  /** Of a product. */
  public static Map<String, String> ofProduct(Product product) {
    Map<String, String> parts = new TreeMap<>(ProductDefinition.parts(product));
    setRules(product.setRules(), parts);
    product.export().ifPresent(export -> parts.put("export", Fingerprint.of(export.toString())));
    return parts;
  }

  /** Of reference data. */
  public static Map<String, String> ofReference(ReferenceTable reference) {
    return Map.of(KEY, names(reference.key()));
  }

  private static String source(SourceField field) {
    String aliases = field.aliases().isEmpty() ? "" : " or " + String.join(", ", field.aliases());
    String versions = field.versions().isEmpty() ? "" : " in versions " + field.versions();
    return field.name() + aliases + versions + ", limits " + Fingerprint.of(field.toString());
  }

  private static void setRules(List<SetRule> rules, Map<String, String> parts) {
    rules.forEach(
        rule ->
            parts.put(
                "setRule." + rule.id(),
                text(rule.query() + " " + rule.mustBe()) + " " + rule.severity()));
  }

  private static String text(String sql) {
    return Fingerprint.of(sql);
  }

  private static String names(List<String> names) {
    return names.stream().collect(Collectors.joining(", "));
  }
}
