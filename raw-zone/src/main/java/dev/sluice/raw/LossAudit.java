package dev.sluice.raw;

import java.util.List;

/**
 * Where it is written down that somebody let messages go. Called once, before anything is changed;
 * if it throws, nothing is changed.
 */
public interface LossAudit {
  /**
   * @param table raw table whose lanes are moved
   * @param reason what the person gave, never blank
   * @param losses exactly what is accepted
   */
  void accepted(String table, String reason, List<Loss> losses);
}
