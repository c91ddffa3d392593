package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.Product.ProductColumn;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds exports that would let something out that must stay, or that could not be gated. */
final class LintExport {
  private final DeclaredContract declared;
  private final Product product;
  private final ExportPolicy export;
  private final TablesOf tables;
  private final List<Fault> faults = new ArrayList<>();

  LintExport(DeclaredContract declared, Product product, ExportPolicy export) {
    this.declared = declared;
    this.product = product;
    this.export = export;
    this.tables = new TablesOf(declared.contract());
  }

  List<Fault> lint() {
    if (export.columns().isEmpty()
        || new HashSet<>(export.columns()).size() < export.columns().size()) {
      add("an export names at least one column, and each once");
    }
    if (!export.columns().contains(product.partition())) {
      add("the partition column " + product.partition() + " must leave too");
    }
    within("quasiIdentifiers", export.quasiIdentifiers());
    within("sensitive", export.sensitive());
    totals();
    differences();
    counted();
    for (String name : export.columns()) {
      column(name)
          .ifPresentOrElse(
              this::leaves, () -> add("the exported column '" + name + "' does not exist"));
    }
    return faults;
  }

  private void add(String message) {
    faults.add(declared.places().of("product." + product.name() + ".export").fault(message));
  }

  private void addAt(ProductColumn column, String message) {
    faults.add(
        declared
            .places()
            .of("product." + product.name() + ".column." + column.name())
            .fault(message));
  }

  private Optional<ProductColumn> column(String name) {
    return product.columns().stream().filter(c -> c.name().equals(name)).findFirst();
  }

  private void within(String list, List<String> names) {
    for (String name : names) {
      if (!export.columns().contains(name)) {
        add(list + " names '" + name + "', which is no exported column");
      }
    }
  }

  private void totals() {
    if (!export.totals().isEmpty() && export.counted() instanceof Counted.Subjects) {
      add("totals are of cells, which have contributors; rows with a subject have none");
    }
    for (List<String> by : export.totals()) {
      if (!export.quasiIdentifiers().containsAll(by)) {
        add("totals are by quasiIdentifiers; got " + by);
      }
    }
  }

  /** What was exported is asked of BigQuery, so it must say who stood behind it. */
  private void differences() {
    boolean told =
        export.counted() instanceof Counted.Contributors counted
            && export.columns().contains(counted.column());
    if (export.holdDifferences() && !told) {
      add("holdDifferences needs contributors, and their column among the exported columns");
    }
  }

  private void counted() {
    String name =
        export.counted() instanceof Counted.Subjects subjects
            ? subjects.column()
            : ((Counted.Contributors) export.counted()).column();
    Optional<ProductColumn> column = column(name);
    if (column.isEmpty()) {
      add("the counted column '" + name + "' does not exist");
    } else if (export.counted() instanceof Counted.Subjects && export.columns().contains(name)) {
      add("the subject column " + name + " must not leave");
    } else if (export.counted() instanceof Counted.Contributors) {
      DeclaredContract.Origin origin = declared.origin(product.name(), name);
      boolean counts = origin.sources().stream().anyMatch(s -> CountedOnly.of(origin, s));
      if (column.get().type() != Simple.BIGINT || !column.get().required() || !counts) {
        add(
            "the contributors column "
                + name
                + " must be a required long whose transformLogic is count(distinct ...) of its"
                + " transformSourceObjects");
      }
    }
  }

  private void leaves(ProductColumn column) {
    String name = column.name();
    DeclaredContract.Origin origin = declared.origin(product.name(), name);
    switch (column.classification()) {
      case PERSONAL -> add("the personal column " + name + " must not leave");
      case KEY -> add("the key column " + name + " must not leave");
      case QUASI -> {
        if (!export.quasiIdentifiers().contains(name)) {
          add("the quasi column " + name + " must stand in quasiIdentifiers");
        }
      }
      case SENSITIVE -> {
        if (!export.sensitive().contains(name)) {
          add("the sensitive column " + name + " must stand in sensitive");
        }
      }
      case OPEN -> {
        if (origin.sources().isEmpty() && origin.logic().isEmpty()) {
          addAt(column, "say where the exported column " + name + " comes from (transformLogic)");
        }
      }
    }
    if (column.classification() != Classification.KEY && column.classes().has(Classification.KEY)) {
      addAt(
          column,
          "the exported column "
              + name
              + " has a part that is a key; keys never leave, so give the other parts as columns of"
              + " their own in the SQL");
    }
    if (column.classes().hidesSensitive()) {
      addAt(
          column,
          "the exported column "
              + name
              + " has a sensitive part beside others, so that nobody could count its different"
              + " values; flatten it in the SQL");
    }
    if (column.classification() != Classification.OPEN && origin.sources().isEmpty()) {
      addAt(
          column, "say where the exported column " + name + " comes from (transformSourceObjects)");
    }
    origin.sources().forEach(source -> source(column, origin, source));
    unnamedTokens(column, origin);
  }

  private void source(ProductColumn column, DeclaredContract.Origin origin, String source) {
    Optional<StageColumn> found = tables.stageColumn(source);
    if (found.isEmpty() || CountedOnly.of(origin, source)) {
      return;
    }
    String from = "the exported column " + column.name() + " comes from " + source;
    if (found.get().privacy().makesToken()) {
      addAt(column, from + ", a token; tokens never leave");
    } else if (found.get().classification() == Classification.KEY) {
      addAt(column, from + ", a key; keys never leave");
    } else if (found.get().privacy() instanceof PrivacyMethod.ScreenText
        && column.classification() != Classification.QUASI) {
      addAt(column, from + ", free text, so it must be classified quasi");
    }
  }

  /** A token that the logic names while the sources do not. */
  private void unnamedTokens(ProductColumn column, DeclaredContract.Origin origin) {
    tables.stages().forEach(stage -> unnamedTokens(column, origin, stage));
  }

  private void unnamedTokens(
      ProductColumn column, DeclaredContract.Origin origin, StageTable stage) {
    for (StageColumn each : stage.columns()) {
      String path = stage.name() + "." + each.name();
      boolean named =
          Pattern.compile("\\b" + Pattern.quote(each.name()) + "\\b")
              .matcher(origin.logic())
              .find();
      if (each.privacy().makesToken()
          && named
          && !origin.sources().contains(path)
          && !CountedOnly.of(origin, path)) {
        addAt(
            column,
            "the exported column "
                + column.name()
                + " is made from the token "
                + path
                + " by its transformLogic; tokens never leave");
      }
    }
  }
}
