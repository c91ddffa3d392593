package dev.sluice.raw.files;

import dev.sluice.catalog.contract.CsvForm;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.DropFolder;
import dev.sluice.catalog.contract.DropFolder.FileFormat;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a contract says of its files, in a form that travels to executors.
 *
 * @param fields names that the contract reads
 * @param maxBytes most bytes of a record that raw takes
 */
record FileForm(FileFormat format, CsvForm csv, Set<String> fields, int maxBytes)
    implements Serializable {
  /** A row of this size still fits the memory of a small task several times. */
  private static final int LARGEST_RECORD = 16 << 20;

  static FileForm of(DataContract contract, DropFolder folder) {
    HashSet<String> fields =
        contract.stage().columns().stream()
            .flatMap(column -> column.source().topFields().stream())
            .collect(Collectors.toCollection(HashSet::new));
    return new FileForm(
        folder.format(),
        folder.csv(),
        fields,
        Math.max(LARGEST_RECORD, contract.source().maxMessageBytes()));
  }
}
