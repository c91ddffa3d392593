package dev.sluice.catalog.contract;

import java.util.Optional;

/** What a contract says of change over time. */
public record Evolution(Optional<Migration> migration, Optional<ProducerVersions> producers) {
  /** A contract that says nothing of it. */
  public static final Evolution NONE = new Evolution(Optional.empty(), Optional.empty());
}
