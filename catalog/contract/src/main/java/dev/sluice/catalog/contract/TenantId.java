package dev.sluice.catalog.contract;

import java.util.regex.Pattern;

/**
 * The unit of isolation: its own topics, namespaces, keys and BigQuery data set. The form is strict
 * because the name reaches paths, SQL and policies.
 */
public record TenantId(String name) {
  private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9]{0,30}");

  public TenantId {
    if (!ALLOWED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A tenant's name starts with a letter and has lower case letters and digits only, at most"
              + " 31; got '"
              + name
              + "'");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
