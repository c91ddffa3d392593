package dev.sluice.catalog.run;

/** Who must act when a job fails. */
public enum FailureKind {
  /** A person: configuration, contract, permission, lost data. */
  SETUP,
  /** Nobody: the world was not there; a later try may work. */
  TRANSIENT,
  /** The data's owner. */
  DATA,
  /** Us. */
  DEFECT
}
