package dev.sluice.refined.anonymity;

/** Why a row may not leave although its partition may. */
public enum Reason {
  /** Fewer than k distinct subjects stand behind its class. */
  K_ANONYMITY,
  /** A sensitive column has fewer than l distinct values in its class. */
  L_DIVERSITY,
  /** Fewer than k contributors stand behind the cell. */
  SMALL_CELL,
  /** The cell is large enough, but with it and a known total a smaller one could be computed. */
  COMPLEMENTARY
}
