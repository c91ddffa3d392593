package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.DataContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds calls that SQL of a contract must not make, by its text: hashes without a key, and calls
 * into Java, which would leave what SQL may do. The analysis of SQL finds the same in plans.
 */
final class LintSql {
  private static final Pattern CALL =
      Pattern.compile(
          "(?i)\\b(md5|sha|sha1|sha2|sha224|sha256|sha384|sha512|crc32|crc32c|hash|xxhash64|xxhash"
              + "|murmur3|reflect|java_method|try_reflect)`?\\s*\\(");

  private final Places places;
  private final List<Fault> faults = new ArrayList<>();

  private LintSql(Places places) {
    this.places = places;
  }

  static List<Fault> lint(DeclaredContract declared) {
    LintSql lint = new LintSql(declared.places());
    DataContract contract = declared.contract();
    contract
        .stage()
        .rowRules()
        .forEach(r -> lint.expression("stage.rowRule." + r.id(), r.expression()));
    contract
        .stage()
        .setRules()
        .forEach(r -> lint.query("stage.setRule." + r.id(), r.query(), false));
    contract
        .products()
        .forEach(
            product -> {
              String part = "product." + product.name();
              if (!product.sql().isEmpty()) {
                lint.query(part + ".sql", product.sql(), true);
              }
              product
                  .inputs()
                  .forEach(
                      i ->
                          i.affects()
                              .ifPresent(
                                  sql -> lint.expression(part + ".affects." + i.table(), sql)));
              product
                  .inputs()
                  .forEach(
                      i ->
                          i.join().stream()
                              .flatMap(join -> join.on().stream())
                              .forEach(sql -> lint.expression(part + ".joins." + i.table(), sql)));
              product
                  .setRules()
                  .forEach(r -> lint.query(part + ".setRule." + r.id(), r.query(), false));
            });
    return lint.faults;
  }

  private void query(String part, String sql, boolean ownFile) {
    SqlText text = new SqlText(sql);
    if (!text.isQuery()) {
      faults.add(
          places
              .of(part)
              .fault(
                  "this must be one query that begins with SELECT or WITH, without a semicolon"));
    }
    calls(part, text, ownFile);
  }

  private void expression(String part, String sql) {
    SqlText text = new SqlText(sql);
    if (text.hasSemicolon()) {
      faults.add(places.of(part).fault("this must be one SQL expression, without a semicolon"));
    }
    calls(part, text, false);
  }

  private void calls(String part, SqlText text, boolean ownFile) {
    for (SqlText.Found call : text.all(CALL)) {
      String name = call.text().toLowerCase(Locale.ROOT);
      String message =
          name.contains("reflect") || name.equals("java_method")
              ? "SQL of a contract must not call Java (" + name + ")"
              : UnkeyedHash.message(name);
      faults.add(places.of(part).below(ownFile ? call.linesBelow() : 0).fault(message));
    }
  }
}
