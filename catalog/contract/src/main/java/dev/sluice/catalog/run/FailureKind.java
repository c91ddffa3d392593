package dev.sluice.catalog.run;

/** Who must act when a job fails. */
public enum FailureKind {
  /** A person: configuration, contract, permission. */
  SETUP,
  /** Nobody: the world was not there; a later try may work. */
  TRANSIENT,
  /** The owner of the data or of the SQL over it: a row that cannot be taken as it is. */
  DATA,
  /** A person who decides: what comes next is gone from the source. */
  LOST,
  /** Us. */
  DEFECT
}
