package dev.sluice.pipelines.jobs;

/** Where a backfill does a stretch of event time again, in the order in which data moves. */
public enum BackfillZone {
  STAGE,
  REFINED,
  EXPORT
}
