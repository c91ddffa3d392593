package dev.sluice.refined.export;

/** How much of a table in BigQuery one export replaces. */
enum Extent {
  /** The partitions that changed. */
  CHANGED,
  /** Everything but the partitions that are held back; of those BigQuery keeps what it has. */
  ALL,
  /** Everything; what is held back is not in BigQuery until it leaves. */
  ANEW
}
