package dev.sluice.stage;

import dev.sluice.catalog.tables.Refused;

/** Whether a refusal means that another writer was faster, so that a new try may fit. */
final class MovedMeanwhile {
  private MovedMeanwhile() {}

  static boolean tells(Refused refused) {
    return switch (refused.why()) {
      case ALREADY_TAKEN, LANE_MOVED_ON, LANE_GAP, STALE_EPOCH, EDITION -> true;
      case HEAD_TAMPERED, CONTRACT, KEY, REPLACE, UNPROVEN, UNSTAMPED, WRONG_BRANCH -> false;
    };
  }
}
