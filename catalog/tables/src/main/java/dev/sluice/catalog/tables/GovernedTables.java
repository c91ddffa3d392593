package dev.sluice.catalog.tables;

import java.util.Map;

/** Names of the properties that make a table ours, and who may change them. */
public final class GovernedTables {
  /** {@code true} on tables whose rows change only by stamped commits. */
  public static final String GOVERNED = "sluice.governed";

  /** The table's head as JSON; set by the guard alone. */
  public static final String HEAD = "sluice.head";

  /** Which partitions recent editions rewrote, as JSON; set by the guard alone. */
  public static final String TOUCHED = "sluice.touched";

  /** Id of the contract that declares the table. */
  public static final String CONTRACT = "sluice.contract";

  /**
   * Version of the contract that declares the table's columns. Columns may change only in a commit
   * that changes this too.
   */
  public static final String CONTRACT_VERSION = "sluice.contract-version";

  /**
   * What the contract declared of the table beside its columns when it was last applied, as JSON:
   * key, privacy methods, rules, SQL and parameters, long texts as fingerprints.
   */
  public static final String DECLARED = "sluice.declared";

  private GovernedTables() {}

  /** Whether a table with these properties is governed. */
  public static boolean isGoverned(Map<String, String> properties) {
    return Boolean.parseBoolean(properties.get(GOVERNED));
  }
}
