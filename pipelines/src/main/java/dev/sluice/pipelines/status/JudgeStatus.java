package dev.sluice.pipelines.status;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.pipelines.registry.RunHistory.BlockedRow;
import dev.sluice.pipelines.runner.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with how data sets stand, and the exit code that says so. */
public final class JudgeStatus {
  private final List<BlockedRow> blocked;
  private final List<Late> late;

  /**
   * @param blocked of all data sets; only those of {@code contracts} count
   */
  public JudgeStatus(
      List<DataContract> contracts,
      Set<TenantId> tenants,
      List<BlockedRow> blocked,
      List<Late> late) {
    Set<String> names = new TreeSet<>();
    for (DataContract contract : contracts) {
      names.add(contract.id());
      contract.products().forEach(product -> names.add(product.name()));
      contract.references().forEach(reference -> names.add(reference.name()));
    }
    Set<String> served = new TreeSet<>();
    tenants.forEach(tenant -> served.add(tenant.name()));
    this.blocked =
        blocked.stream()
            .filter(row -> names.contains(row.dataSet()) && served.contains(row.tenant()))
            .toList();
    this.late = List.copyOf(late);
  }

  /** One sentence for each thing that is wrong. */
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (BlockedRow row : blocked) {
      findings.add(row.step() + " of " + row.dataSet() + " is blocked since " + row.at());
    }
    late.forEach(each -> findings.add(each.toString()));
    return findings;
  }

  /** A block needs a person and so comes before lateness, which may pass. */
  public ExitCode exitCode() {
    return !blocked.isEmpty() ? ExitCode.BLOCKED : late.isEmpty() ? ExitCode.DONE : ExitCode.BUSY;
  }
}
