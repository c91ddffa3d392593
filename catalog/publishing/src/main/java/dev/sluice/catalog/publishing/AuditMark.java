package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.run.RunContext;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Says in the summary of a commit to an audit branch by which set rules it is audited there: those
 * of one text of a contract, measured by one version of the product. Rows change in no other way
 * than by a snapshot of their own, so a marked snapshot that is main's has held all rules that
 * block, whatever happened before or after. Only who audits before publishing may write the mark.
 */
public final class AuditMark {
  private static final String KEY = "sluice.audited";

  private AuditMark() {}

  /** The mark, for {@link StampedWrite}. */
  public static Map<String, String> of(DataContract contract, RunContext run) {
    return Map.of(KEY, text(contract, run));
  }

  /**
   * Whether a snapshot of main carries the mark of the same rules. One that was put on top of a
   * main that had moved carries none, nor does one that rewrites.
   */
  public static boolean isOn(@Nullable Snapshot main, DataContract contract, RunContext run) {
    return main != null && text(contract, run).equals(main.summary().get(KEY));
  }

  private static String text(DataContract contract, RunContext run) {
    return contract.hash() + " " + run.codeVersion();
  }
}
