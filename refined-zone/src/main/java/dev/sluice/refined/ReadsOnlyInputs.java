package dev.sluice.refined;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.FailureKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Refuses SQL that reads a table it does not declare: its news would go unnoticed, it would not be
 * held at one snapshot, and it could be another tenant's.
 */
final class ReadsOnlyInputs {
  private ReadsOnlyInputs() {}

  static void check(Product product, Dataset<Row> rows, List<ProductInput> inputs) {
    Set<String> read =
        plans(((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().analyzed())
            .flatMap(plan -> CollectionConverters.asJava(plan.collectLeaves()).stream())
            .filter(leaf -> !holdsNoTable(leaf))
            .map(ReadsOnlyInputs::name)
            .collect(Collectors.toCollection(TreeSet::new));
    inputs.forEach(input -> read.remove(Lake.CATALOG + "." + input.table()));
    if (!read.isEmpty()) {
      throw new CannotRefine(
          FailureKind.SETUP,
          "The SQL of product "
              + product.name()
              + " reads "
              + String.join(", ", read)
              + " beside its declared inputs. To do: read tables by their contract names only, and"
              + " name each under the product's inputs");
    }
  }

  private static Stream<LogicalPlan> plans(LogicalPlan plan) {
    return Stream.concat(
        Stream.of(plan), CollectionConverters.asJava(plan.subqueriesAll()).stream());
  }

  private static boolean holdsNoTable(LogicalPlan leaf) {
    return leaf instanceof OneRowRelation
        || leaf instanceof LocalRelation
        || leaf instanceof Range
        || leaf instanceof CTERelationRef;
  }

  private static String name(LogicalPlan leaf) {
    return leaf instanceof DataSourceV2Relation relation
        ? relation.name()
        : "a source of kind " + leaf.nodeName();
  }
}
