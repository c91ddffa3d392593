package dev.sluice.stage;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.position.Stamp;
import java.util.Optional;

/**
 * The contract under which an interrupted promotion began: its version and the text it had, as the
 * stamp of what quarantine published tells. Only under that may the rest be promoted, or one
 * interval would be judged by two contracts.
 */
record BegunUnder(DataContract today, String raw, String version, Optional<String> hash) {

  static BegunUnder of(Promoting promoting) {
    Optional<Stamp> stamp = LastStamp.of(promoting.lake().table(promoting.quarantine()));
    return new BegunUnder(
        promoting.contract(),
        promoting.raw(),
        stamp.map(Stamp::contractVersion).orElse(promoting.contract().version()),
        stamp.flatMap(Stamp::contractHash));
  }

  /** That contract; empty when it is not known any more. */
  Optional<DataContract> contract(ContractVersions versions) {
    return Optional.of(today)
        .filter(this::is)
        .or(() -> versions.find(today.id(), version).filter(this::is));
  }

  private boolean is(DataContract contract) {
    return contract.version().equals(version) && hash.map(contract.hash()::equals).orElse(true);
  }

  /** Why the promotion cannot be finished, and what to do. */
  String refusal() {
    if (!today.version().equals(version)) {
      return "An interrupted promotion of "
          + raw
          + " has to be finished under version "
          + version
          + " of contract "
          + today.id()
          + "; given was version "
          + today.version()
          + ". Run once with the contract of version "
          + version
          + ", then with the new one";
    }
    return "An interrupted promotion of "
        + raw
        + " began under another text of contract "
        + today
        + " (hash "
        + brief(hash.orElse(""))
        + ", now "
        + brief(today.hash())
        + "): the file or its SQL was edited without a new version. Restore that text and run once,"
        + " then raise the version with the change (docs/runbooks/configuration.md)";
  }

  private static String brief(String text) {
    return text.substring(0, Math.min(12, text.length()));
  }
}
