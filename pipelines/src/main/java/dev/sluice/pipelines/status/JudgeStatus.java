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
  private final List<Broken> broken;

  /**
   * @param blocked of all data sets; only those of {@code contracts} count
   * @param broken promises that are not kept
   */
  public JudgeStatus(
      List<DataContract> contracts,
      Set<TenantId> tenants,
      List<BlockedRow> blocked,
      List<Late> late,
      List<Broken> broken) {
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
    this.broken = List.copyOf(broken);
  }

  /** One sentence for each thing that is wrong. */
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (BlockedRow row : blocked) {
      findings.add(row.step() + " of " + row.dataSet() + " is blocked since " + row.at());
    }
    late.forEach(each -> findings.add(each.toString()));
    broken.forEach(each -> findings.add(each.what()));
    return findings;
  }

  /** A block, or missing rows, need a person and so come before lateness, which may pass. */
  public ExitCode exitCode() {
    if (!blocked.isEmpty() || broken.stream().anyMatch(Broken::quality)) {
      return ExitCode.BLOCKED;
    }
    return late.isEmpty() && broken.isEmpty() ? ExitCode.DONE : ExitCode.BUSY;
  }
}
