package dev.sluice.refined.export;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where exports go.
 *
 * @param project the Google Cloud project (or the emulator's)
 * @param location where data sets are made and jobs run, for example {@code EU}
 * @param endpoint address of an emulator, reached without credentials; empty for the real service
 * @param credentialsRef {@code file:<path>} of a credentials file for the real service; empty for
 *     the application default credentials
 */
public record BigQueryTarget(
    String project, String location, Optional<URI> endpoint, Optional<String> credentialsRef) {
  private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9.:-]{0,99}");
  private static final Pattern LOCATION = Pattern.compile("[A-Za-z][A-Za-z0-9-]{1,40}");

  public BigQueryTarget {
    if (!PROJECT.matcher(project).matches()) {
      throw new IllegalArgumentException(
          "A BigQuery project has lower case letters, digits and .:- only; got '" + project + "'");
    }
    if (!LOCATION.matcher(location).matches()) {
      throw new IllegalArgumentException(
          "A BigQuery location is a name such as US or europe-west1; got '" + location + "'");
    }
    if (credentialsRef.isPresent() && !credentialsRef.get().startsWith("file:")) {
      throw new IllegalArgumentException(
          "BigQuery credentials are given as file:<path>; got another kind of reference");
    }
  }

  /** An emulator on this machine or network. */
  public static BigQueryTarget emulator(String project, URI endpoint) {
    return new BigQueryTarget(project, "US", Optional.of(endpoint), Optional.empty());
  }

  /** The address that an error can name. */
  String address() {
    return endpoint.map(URI::toString).orElse("the BigQuery service") + ", project " + project;
  }
}
