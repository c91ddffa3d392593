package dev.sluice.refined.export;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.LeavingColumns;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.refined.CannotRefine;
import dev.sluice.refined.SqlFault;
import dev.sluice.refined.anonymity.AllowColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;

/**
 * Decides from contract and table schema, without looking at a row, which columns may leave. Lint
 * says the same, but nothing forces anybody to ask it.
 */
record MayLeave(Lake lake, DataContract contract, TenantId tenant, Product product) {

  /** The columns; refuses the whole export when one of them may not leave. */
  AllowedColumns of(ExportPolicy policy, Table refined) {
    List<String> faults = new ArrayList<>(AllowColumns.faults(product, policy));
    faults.addAll(bySql());
    if (!faults.isEmpty()) {
      throw ExportRefused.setup(
          "Product "
              + product.name()
              + " may not be exported: "
              + String.join("; ", faults)
              + ". Correct its export policy or its SQL in contract "
              + contract.id());
    }
    return AllowedColumns.of(product, policy, refined.schema());
  }

  /** What speaks against the export by what the product's SQL does. */
  private List<String> bySql() {
    for (Product.Input input : product.inputs()) {
      if (contract.inputTable(tenant, input).isEmpty()) {
        throw ExportRefused.setup(
            "Product "
                + product.name()
                + " reads "
                + input.table()
                + ", whose classes contract "
                + contract.id()
                + " does not declare; nothing of it is exported");
      }
    }
    try {
      return LeavingColumns.of(lake, contract, product).objections().stream()
          .map(LeavingColumns.Objection::why)
          .toList();
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      Optional<JobOutcome.Failed> fault = SqlFault.of(product, e).map(CannotRefine::outcome);
      if (fault.isPresent()) {
        throw new ExportRefused(fault.get().kind(), fault.get().what());
      }
      throw e;
    }
  }
}
