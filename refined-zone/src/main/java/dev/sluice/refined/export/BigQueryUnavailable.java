package dev.sluice.refined.export;

/** BigQuery gave no answer at all; says where it was looked for and which setting says so. */
public final class BigQueryUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String address;

  BigQueryUnavailable(BigQueryTarget target, String why) {
    super(
        "BigQuery does not answer at "
            + target.address()
            + " (settings bigquery.endpoint, bigquery.project): "
            + why
            + ". Start the emulator ('sluice up') or correct the setting, and run again; an export that"
            + " had begun is completed then. See docs/runbooks/service-missing.md.");
    this.address = target.address();
  }

  /** Where it was looked for. */
  public String address() {
    return address;
  }
}
