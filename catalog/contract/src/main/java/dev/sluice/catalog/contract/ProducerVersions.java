package dev.sluice.catalog.contract;

import java.util.List;
import java.util.Optional;

/**
 * How a message says which version of its producer wrote it, and which versions the contract knows.
 * A message of another version waits in quarantine.
 *
 * @param field the message's field that holds it, as text or whole number
 * @param known versions that are read
 * @param unversioned what a message without the field counts as; empty when it waits, too
 */
public record ProducerVersions(String field, List<String> known, Optional<String> unversioned) {
  public ProducerVersions {
    known = List.copyOf(known);
  }
}
