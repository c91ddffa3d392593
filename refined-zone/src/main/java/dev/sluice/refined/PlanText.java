package dev.sluice.refined;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.JobPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells what a refinement would take and recompute.
 *
 * @param redefined whether the product's SQL, parameters, inputs or columns changed since its rows
 *     were computed
 */
record PlanText(Product product, String table, Head head, boolean redefined) {

  /**
   * The plan.
   *
   * @param affected asked only when there is news, because it reads rows
   */
  JobPlan of(List<ProductInput> inputs, Supplier<Touched> affected) {
    List<String> lines = new ArrayList<>();
    lines.add(table + " stands at edition " + head.edition());
    inputs.forEach(input -> lines.add(line(input)));
    boolean news = inputs.stream().anyMatch(ProductInput::hasNews);
    if (redefined) {
      lines.add("its definition changed since its rows were computed");
    }
    if (news || redefined) {
      lines.add(recomputed(affected.get()));
      lines.add(
          product.setRules().size()
              + " set rules would be measured before edition "
              + (head.edition() + 1)
              + " is published");
    }
    return new JobPlan(lines, !news && !redefined);
  }

  private static String line(ProductInput input) {
    return input.hasNews()
        ? "would take "
            + input.table()
            + " editions "
            + input.news().from()
            + " to "
            + (input.news().until() - 1)
        : input.table() + " has no edition beyond " + (input.news().until() - 1);
  }

  private String recomputed(Touched affected) {
    if (affected.all()) {
      return "would recompute all partitions by " + product.partition();
    }
    return "would recompute "
        + affected.partitions().size()
        + " partitions by "
        + product.partition();
  }
}
