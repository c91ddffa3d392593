package dev.sluice.pipelines.registry;

import dev.sluice.catalog.contract.DataContract;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.util.HexFormat;

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
            statement.setString(3, sha256(contract.text()));
            statement.setString(4, contract.text());
            statement.setString(5, run);
            return statement.executeUpdate() == 1;
          }
        });
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
