package dev.sluice.pipelines.registry;

import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.privacy.KeyPurpose;
import dev.sluice.catalog.privacy.WrappedKeysetStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Wrapped keysets beside the catalog, so that both are backed up and restored together. */
public final class KeysetTable implements WrappedKeysetStore {
  private final Database database;

  public KeysetTable(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Map<KeyPurpose, String>> find(TenantId tenant, int version) {
    return database.inTransaction(connection -> find(connection, tenant, version));
  }

  @Override
  public Map<KeyPurpose, String> keepFirst(
      TenantId tenant, int version, Map<KeyPurpose, String> wrapped, String kek) {
    return database.inTransaction(
        connection -> {
          lock(connection, tenant);
          Optional<Map<KeyPurpose, String>> earlier = find(connection, tenant, version);
          if (earlier.isPresent()) {
            return earlier.get();
          }
          for (Map.Entry<KeyPurpose, String> each : wrapped.entrySet()) {
            insert(connection, tenant, version, each, kek);
          }
          return wrapped;
        });
  }

  private static Optional<Map<KeyPurpose, String>> find(
      Connection connection, TenantId tenant, int version) throws SQLException {
    Map<KeyPurpose, String> found = new EnumMap<>(KeyPurpose.class);
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT purpose, wrapped FROM sluice.keyset WHERE tenant = ? AND version = ?")) {
      select.setString(1, tenant.name());
      select.setInt(2, version);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(KeyPurpose.valueOf(rows.getString(1)), rows.getString(2));
        }
      }
    }
    if (!found.isEmpty() && found.size() < KeyPurpose.values().length) {
      throw new RegistryFailed(
          "Expected keysets for all purposes of tenant "
              + tenant
              + " in sluice.keyset; found "
              + found.keySet()
              + ". Restore the others from a backup: new keys would give other tokens",
          new SQLException("incomplete keysets"));
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private static void lock(Connection connection, TenantId tenant) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext(?))")) {
      lock.setString(1, "sluice.keyset/" + tenant.name());
      lock.execute();
    }
  }

  private static void insert(
      Connection connection,
      TenantId tenant,
      int version,
      Map.Entry<KeyPurpose, String> keyset,
      String kek)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO sluice.keyset (tenant, purpose, version, wrapped, kek)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      insert.setString(1, tenant.name());
      insert.setString(2, keyset.getKey().name());
      insert.setInt(3, version);
      insert.setString(4, keyset.getValue());
      insert.setString(5, kek);
      insert.executeUpdate();
    }
  }
}
