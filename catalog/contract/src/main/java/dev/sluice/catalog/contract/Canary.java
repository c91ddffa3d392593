package dev.sluice.catalog.contract;

/**
 * A message that is no event: sent on each lane to see whether messages come through, so that "no
 * data" and "broken" are told apart. It lands as any message and ends at promotion.
 */
public final class Canary {
  /** The first header of such a message; its value is the canary's id. */
  public static final String HEADER = "sluice-canary";

  /** The reason under which promotions count them; no row is kept of it. */
  public static final String REASON = "CANARY";

  private Canary() {}
}
