package dev.sluice.stage;

import dev.sluice.catalog.contract.DataContract;
import java.util.Optional;

/** Finds contracts as they once were, to finish work under the version that began it. */
@FunctionalInterface
public interface ContractVersions {
  /** Knows none. */
  ContractVersions UNKNOWN = (id, version) -> Optional.empty();

  /** The contract of that id and version, if it is still known. */
  Optional<DataContract> find(String id, String version);
}
