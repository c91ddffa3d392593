package dev.sluice.refined.export;

/**
 * Told of the moments around what an export does in BigQuery; found by {@link
 * java.util.ServiceLoader}. For tests that stop or kill a run there; nobody in production.
 */
public interface ExportObserver {
  /** Nothing of this export has left yet. */
  default void beforeLoad(String table) {}

  /** The staging table is loaded; the target is untouched. */
  default void afterLoad(String table) {}

  /** Staging is verified; the next act is the transaction. */
  default void beforeSwap(String table) {}

  /** The transaction is committed; its answer has not been used. */
  default void afterSwap(String table) {}
}
