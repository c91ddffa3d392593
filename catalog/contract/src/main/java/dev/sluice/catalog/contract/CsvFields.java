package dev.sluice.catalog.contract;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes one record of a CSV file apart (RFC 4180, see {@link CsvForm}). One instance reads records
 * one after the other; not thread-safe.
 */
public final class CsvFields {
  private final char delimiter;
  private final char quote;
  private final List<String> texts = new ArrayList<>();
  private final List<Boolean> quoted = new ArrayList<>();
  private final StringBuilder inside = new StringBuilder();

  public CsvFields(char delimiter, char quote) {
    this.delimiter = delimiter;
    this.quote = quote;
  }

  /**
   * Reads a record; a carriage return at its end belongs to the line end.
   *
   * @return whether it is a record: a quoted field ends where its quote does
   */
  public boolean read(String record) {
    texts.clear();
    quoted.clear();
    int end = record.endsWith("\r") ? record.length() - 1 : record.length();
    int at = 0;
    while (true) {
      at =
          at < end && record.charAt(at) == quote ? quoted(record, at, end) : plain(record, at, end);
      if (at < 0) {
        return false;
      }
      if (at == end) {
        return true;
      }
      at++; // the delimiter; after the last one comes an empty field
    }
  }

  public int count() {
    return texts.size();
  }

  public String text(int field) {
    return texts.get(field);
  }

  /** Whether the field stood in quotes. */
  public boolean isQuoted(int field) {
    return quoted.get(field);
  }

  /** All texts of the record. */
  public List<String> texts() {
    return List.copyOf(texts);
  }

  private int plain(String record, int from, int end) {
    int at = record.indexOf(delimiter, from);
    int until = at < 0 || at > end ? end : at;
    add(record.substring(from, until), false);
    return until;
  }

  /** Gives where the field ends: at a delimiter or the record's end; -1 when at neither. */
  private int quoted(String record, int from, int end) {
    inside.setLength(0);
    int at = from + 1;
    while (at < end) {
      char c = record.charAt(at++);
      if (c != quote) {
        inside.append(c);
      } else if (at < end && record.charAt(at) == quote) {
        inside.append(quote);
        at++;
      } else {
        add(inside.toString(), true);
        return at == end || record.charAt(at) == delimiter ? at : -1;
      }
    }
    return -1;
  }

  private void add(String text, boolean inQuotes) {
    texts.add(text);
    quoted.add(inQuotes);
  }
}
