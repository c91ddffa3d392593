package dev.sluice.catalog.contract;

import java.io.Serializable;
import java.util.List;

/**
 * How the records of a CSV file are written: RFC 4180 with a chosen delimiter and quote. A quote
 * opens only at the begin of a field and is doubled inside; line ends inside quotes belong to the
 * field.
 *
 * @param header whether the first record names the columns; else {@code columns} does
 * @param columns the names in their order for files without a header; empty for those with one
 * @param nulls texts of unquoted fields that stand for no value
 */
public record CsvForm(
    char delimiter, char quote, boolean header, List<String> columns, List<String> nulls)
    implements Serializable {

  /** Commas, double quotes, a header, and nothing for no value. */
  public static final CsvForm USUAL = new CsvForm(',', '"', true, List.of(), List.of(""));

  public CsvForm {
    columns = List.copyOf(columns);
    nulls = List.copyOf(nulls);
    if (header != columns.isEmpty()) {
      throw new IllegalArgumentException(
          "CSV files have either a header or columns named by the contract; got header="
              + header
              + " and "
              + columns.size()
              + " columns");
    }
  }
}
