package dev.sluice.refined.export;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import java.util.List;

/**
 * A short text for all of a policy that decides which rows and partitions may leave. While it is
 * another than that of the last export, rows may stand in BigQuery that may not. The columns are no
 * part of it: they are compared by field.
 */
final class PolicyFingerprint {
  /** To be raised when the gate's own code lets other rows out under the same policy. */
  private static final int GATE = 1;

  private PolicyFingerprint() {}

  static String of(ExportPolicy policy) {
    return Sha256.of(
        Integer.toString(GATE),
        sorted(policy.quasiIdentifiers()),
        counted(policy.counted()),
        Integer.toString(policy.k()),
        sorted(policy.sensitive()),
        Integer.toString(policy.l()),
        Double.toString(policy.maxSuppressed()),
        policy.holdOpen().toString(),
        sorted(policy.totals().stream().map(PolicyFingerprint::sorted).toList()),
        Boolean.toString(policy.holdDifferences()));
  }

  private static String counted(Counted counted) {
    return counted instanceof Counted.Subjects subjects
        ? "subjects " + subjects.column()
        : "contributors " + ((Counted.Contributors) counted).column();
  }

  private static String sorted(List<String> names) {
    return PositionText.writeList(names.stream().sorted().toList());
  }
}
