package dev.sluice.refined.export;

/** A staging table is gone after its load: another exporter of the same rows was faster. */
final class StagingVanished extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StagingVanished(String table) {
    super("A finished load left no table " + table);
  }
}
