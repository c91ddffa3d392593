package dev.sluice.catalog.tables;

import java.sql.SQLException;
import java.util.Optional;

/** What one run of one action has learned about its swap; kept by one thread. */
final class SwapDoubt {
  private boolean sentBefore;
  private Optional<SQLException> undecided = Optional.empty();

  void clear() {
    sentBefore = false;
    undecided = Optional.empty();
  }

  /** A swap was sent and its answer lost; it may still arrive at the server. */
  void sent() {
    sentBefore = true;
  }

  boolean wasSentBefore() {
    return sentBefore;
  }

  SQLException undecided(SQLException e) {
    undecided = Optional.of(e);
    return e;
  }

  /** The undecided failure if there was one, with the other attached. */
  SQLException orElse(SQLException e) {
    if (undecided.isPresent() && undecided.get() != e) {
      undecided.get().addSuppressed(e);
    }
    return undecided.orElse(e);
  }
}
