package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.publishing.LeavingColumns.Objection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What the SQL of a product makes of its cells: how it counts who stands behind them, and whether
 * they show what is of all of a cell and of no single event.
 *
 * @param plan the product's SQL over {@link EmptyTables}, see {@link PlanParts#inlined}
 */
record LeavingCells(DataContract contract, Product product, LogicalPlan plan) {

  /** What speaks against the export of the cells; empty when nothing does. */
  List<Objection> objections(ExportPolicy policy, String contributors) {
    List<InputValues> telling = InputValues.telling(contract, product);
    PlainCopies copies = PlainCopies.of(plan, telling);
    DeclaredSubject subject = DeclaredSubject.of(contract, product, contributors);
    CellsOfPlan cells =
        CellsOfPlan.of(
            plan, contributors, each -> subject.isIn(copies.of(each)), this::holdsEvents);
    if (cells.aggregates().isEmpty()) {
      return List.of(notCounted(contributors, subject));
    }
    List<Objection> objections = new ArrayList<>();
    if (!cells.windows().isEmpty()) {
      objections.add(tellsOfOthers(contributors, cells.windows()));
    }
    Set<String> picked =
        new PickedValues(
                cells.aggregates(), CarriedValues.withResults(plan, telling, this::holdsEvents))
            .names(plan);
    policy.columns().stream()
        .filter(picked::contains)
        .map(LeavingCells::picks)
        .forEach(objections::add);
    return objections;
  }

  private static Objection notCounted(String contributors, DeclaredSubject subject) {
    return new Objection(
        contributors,
        "the SQL must give the contributors column "
            + contributors
            + " as count(DISTINCT ...) of "
            + subject.said()
            + ", in the aggregate that makes the exported rows: from every part of a UNION, as"
            + " tokens of one domain and kind; after it, events of no other table may be joined");
  }

  private static Objection tellsOfOthers(String contributors, Set<String> windows) {
    return new Objection(
        contributors,
        "after the SQL has counted the contributors column "
            + contributors
            + ", it puts values of other cells beside a cell, by windows ("
            + String.join(", ", windows)
            + "); such a cell may be held back. After the count only ranks and row_number() may be"
            + " windows; compute the rest in BigQuery, from what has left");
  }

  private static Objection picks(String column) {
    return new Objection(
        column,
        "the SQL takes single values of quasi, sensitive or personal columns, or what an aggregate,"
            + " window or subquery made before or beside the cells, into the exported column "
            + column
            + "; of such, only counts, sums, means, deviations and what the rows are grouped by may"
            + " leave");
  }

  private boolean holdsEvents(LogicalPlan part) {
    Set<String> references =
        contract.references().stream().map(each -> each.name()).collect(Collectors.toSet());
    List<Set<String>> events =
        InputValues.telling(contract, product).stream()
            .filter(input -> !references.contains(input.table()))
            .map(InputValues::columns)
            .toList();
    return PlanParts.nodes(part)
        .filter(LocalRelation.class::isInstance)
        .map(node -> names(CollectionConverters.asJava(node.output()).stream()))
        .anyMatch(events::contains);
  }

  private static Set<String> names(Stream<Attribute> columns) {
    return columns.map(Attribute::name).collect(Collectors.toSet());
  }
}
