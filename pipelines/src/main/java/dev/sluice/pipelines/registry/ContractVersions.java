package dev.sluice.pipelines.registry;

import dev.sluice.catalog.contract.DataContract;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;

/** Keeps the text of every contract version that was applied. */
public final class ContractVersions {
  private final Database database;

  public ContractVersions(Database database) {
    this.database = database;
  }

  /** Keeps a version; whether it was new. The run must be registered already. */
  public boolean applied(DataContract contract, String run) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "INSERT INTO sluice.contract_version (contract, version, sha256, text, run_id)"
                      + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            statement.setString(1, contract.id());
            statement.setString(2, contract.version());
            statement.setString(3, contract.hash());
            statement.setString(4, contract.text());
            statement.setString(5, run);
            return statement.executeUpdate() == 1;
          }
        });
  }

  /**
   * What to tell a person when this version was applied with another text; empty when it was not
   * applied yet, or with this one. The text that was applied first counts.
   */
  public Optional<String> edited(DataContract contract) {
    return first(contract)
        .filter(hash -> !hash.equals(contract.hash()))
        .map(
            hash ->
                "Contract "
                    + contract
                    + " reads otherwise than when that version was applied (hash "
                    + hash.substring(0, 12)
                    + ", now "
                    + contract.hash().substring(0, 12)
                    + "): its file or SQL was edited without a new version. Raise the version, or"
                    + " restore the text (docs/runbooks/configuration.md)");
  }

  /**
   * Refuses what {@link #edited} tells.
   *
   * @throws ContractEdited when the text is another
   */
  public void mustReadAsApplied(DataContract contract) {
    edited(contract)
        .ifPresent(
            what -> {
              throw new ContractEdited(what);
            });
  }

  private Optional<String> first(DataContract contract) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT sha256 FROM sluice.contract_version WHERE contract = ? AND version = ?"
                      + " ORDER BY applied_at LIMIT 1")) {
            statement.setString(1, contract.id());
            statement.setString(2, contract.version());
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
          }
        });
  }
}
