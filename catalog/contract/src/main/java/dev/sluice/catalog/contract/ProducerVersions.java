package dev.sluice.catalog.contract;

import java.util.List;
import java.util.Optional;

/**
 * How a message says which version of its producer wrote it, and which versions the contract knows.
 * A message of another version waits in quarantine.
 *
 * @param place the field of the message, or the header of the Kafka record, that holds it
 * @param isHeader whether it is a header
 * @param known versions that are read
 * @param unversioned what a message without it counts as; empty when it waits, too
 */
public record ProducerVersions(
    String place, boolean isHeader, List<String> known, Optional<String> unversioned) {

  /** In a field of the message, as text or whole number. */
  public static ProducerVersions inField(
      String field, List<String> known, Optional<String> unversioned) {
    return new ProducerVersions(field, false, known, unversioned);
  }

  /** In a header of the record, as text. */
  public static ProducerVersions inHeader(
      String header, List<String> known, Optional<String> unversioned) {
    return new ProducerVersions(header, true, known, unversioned);
  }

  public ProducerVersions {
    known = List.copyOf(known);
  }
}
