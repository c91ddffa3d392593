package dev.sluice.refined.reference;

import dev.sluice.catalog.tables.PasswordReference;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a reference table lives in Postgres.
 *
 * @param url for example {@code jdbc:postgresql://127.0.0.1:5432/sluice}, without user or password
 * @param password where the password is kept; resolved when a connection is made
 * @param table {@code table} or {@code schema.table}, lower snake case
 */
public record ReferenceSource(String url, String user, PasswordReference password, String table)
    implements Serializable {
  private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");

  public ReferenceSource {
    if (!url.startsWith("jdbc:postgresql:") || url.toLowerCase(Locale.ROOT).contains("password=")) {
      throw new IllegalArgumentException(
          "Reference data is read from jdbc:postgresql://host:port/database, and the password is"
              + " given by reference, never in the address");
    }
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "A reference table is named table or schema.table in lower snake case; got '"
              + table
              + "'");
    }
  }

  /** The table's name, quoted for SQL. */
  String quotedTable() {
    return Arrays.stream(table.split("\\.", -1))
        .map(part -> '"' + part + '"')
        .collect(Collectors.joining("."));
  }

  @Override
  public String toString() {
    return table + " at " + url;
  }
}
