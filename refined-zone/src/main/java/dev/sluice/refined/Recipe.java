package dev.sluice.refined;

import dev.sluice.catalog.position.Head;
import java.util.List;
import java.util.OptionalLong;

/**
 * What brings a dropped product back: of what, by what and as what it was made. Its inputs' rows
 * and its SQL are not in it; they stay where they are.
 *
 * @param table the product's table
 * @param contractHash hash of the contract's text
 * @param definition fingerprint of what decides the product's rows
 * @param head the table's head when it was dropped: how far it had taken each input
 * @param schema its columns with their types
 * @param rows how many rows it had
 * @param checksum of its content, see {@link ContentChecksum}
 */
public record Recipe(
    String table,
    String contract,
    String contractVersion,
    String contractHash,
    String codeVersion,
    String definition,
    Head head,
    List<Input> inputs,
    String schema,
    long rows,
    String checksum) {

  public Recipe {
    inputs = List.copyOf(inputs);
  }

  /**
   * A table that the product reads, as far as it had taken it.
   *
   * @param snapshot the snapshot that ends with the last edition taken, if it was still known
   * @param epoch the table's epoch
   * @param edition the last edition taken
   */
  public record Input(String table, OptionalLong snapshot, long epoch, long edition) {}
}
