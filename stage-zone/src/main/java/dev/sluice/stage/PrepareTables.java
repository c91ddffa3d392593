package dev.sluice.stage;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.privacy.KeyRefused;
import dev.sluice.catalog.privacy.TenantCipher;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.tables.Refused;
import dev.sluice.catalog.tables.ZoneTables;
import java.util.Optional;

/** Looks, before anything is read, whether contract, keys and tables fit one another. */
final class PrepareTables {
  private final Promoting promoting;
  private final WrappedKeyset keyset;

  PrepareTables(Promoting promoting, WrappedKeyset keyset) {
    this.promoting = promoting;
    this.keyset = keyset;
  }

  /** Why a run cannot start; makes the tables of stage and quarantine when they are missing. */
  Optional<JobOutcome> unfit() {
    return contractUnfit()
        .or(this::keysUnfit)
        .or(this::tablesUnfit)
        .map(what -> new JobOutcome.Failed(FailureKind.SETUP, what));
  }

  private Optional<String> contractUnfit() {
    DataContract contract = promoting.contract();
    for (StageColumn column : contract.stage().columns()) {
      boolean placesRows =
          column.isKey() || column.name().equals(contract.stage().eventTime().column());
      if (placesRows
          && (!column.reachesStage() || column.privacy() instanceof PrivacyMethod.Suppress)) {
        return Optional.of(
            "Contract "
                + contract
                + " drops or suppresses "
                + column.name()
                + ", but key and event time must reach stage: duplicates are found by them");
      }
    }
    return Optional.empty();
  }

  private Optional<String> keysUnfit() {
    if (!keyset.tenant().equals(promoting.tenant().name())) {
      return Optional.of(
          "Expected the keyset of tenant "
              + promoting.tenant()
              + "; got that of "
              + keyset.tenant());
    }
    try {
      TenantCipher.open(keyset);
      return Optional.empty();
    } catch (KeyRefused e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> tablesUnfit() {
    if (!promoting.lake().exists(promoting.raw())) {
      return Optional.of(
          "Expected table " + promoting.raw() + "; it is not there. Land the data set first");
    }
    try {
      ZoneTables tables = new ZoneTables(promoting.lake().catalog());
      tables.quarantine(promoting.contract(), promoting.tenant());
      tables.stage(promoting.contract(), promoting.tenant());
      return Optional.empty();
    } catch (Refused e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
