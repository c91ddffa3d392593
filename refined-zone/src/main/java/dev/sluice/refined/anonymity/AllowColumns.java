package dev.sluice.refined.anonymity;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.Product.ProductColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which columns of a product may leave at all, from their declared class alone. Deny by default:
 * what identifies a person, a thing or an event never leaves, and what could single somebody out or
 * must not be inferred leaves only under the policy's counts.
 */
public final class AllowColumns {
  private AllowColumns() {}

  /** What speaks against the policy, one sentence each; empty when nothing does. */
  public static List<String> faults(Product product, ExportPolicy policy) {
    Map<String, ProductColumn> columns =
        product.columns().stream()
            .collect(Collectors.toMap(ProductColumn::name, Function.identity()));
    List<String> faults = new ArrayList<>();
    for (String name : policy.columns()) {
      ProductColumn column = columns.get(name);
      if (column == null) {
        faults.add("column " + name + " may leave by the policy but the product has none such");
        continue;
      }
      Classification says = column.classification();
      if (says == Classification.PERSONAL || says == Classification.KEY) {
        faults.add("column " + name + " is " + says + ", which never leaves");
      }
      if (says != Classification.KEY && column.classes().has(Classification.KEY)) {
        faults.add("column " + name + " has a part that is KEY, which never leaves");
      }
      if (column.classes().hidesSensitive()) {
        faults.add("column " + name + " has a SENSITIVE part beside others; flatten it in the SQL");
      }
      if (says == Classification.QUASI
          && policy.counted() instanceof Counted.Subjects
          && !policy.quasiIdentifiers().contains(name)) {
        faults.add("column " + name + " is QUASI but not among the policy's quasi-identifiers");
      }
      if (says == Classification.SENSITIVE && !policy.sensitive().contains(name)) {
        faults.add("column " + name + " is SENSITIVE but not among the policy's sensitive columns");
      }
    }
    if (!policy.columns().contains(product.partition())) {
      faults.add(
          "the partition column "
              + product.partition()
              + " must leave too, or partitions could not be replaced");
    }
    String counted =
        policy.counted() instanceof Counted.Subjects subjects
            ? subjects.column()
            : ((Counted.Contributors) policy.counted()).column();
    List<String> needed = new ArrayList<>(policy.quasiIdentifiers());
    needed.addAll(policy.sensitive());
    needed.add(counted);
    needed.stream()
        .filter(name -> !columns.containsKey(name))
        .forEach(name -> faults.add("column " + name + " is needed by the gate but missing"));
    return faults;
  }
}
