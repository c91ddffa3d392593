package dev.sluice.pipelines.registry;

import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Lane;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The canaries that were sent, by lane. */
public final class SentCanaries {
  private static final String KEPT = "30 days";
  private static final int NEWEST = 50;

  private final Database database;

  public SentCanaries(Database database) {
    this.database = database;
  }

  /** One canary. */
  public record Canary(Lane lane, long sequence, Instant sentAt) {}

  /** Notes one canary a lane; forgets those that are old. */
  public void sent(
      String contract, TenantId tenant, String id, Map<Lane, Long> places, Instant at) {
    int unused =
        database.inTransaction(
            connection -> {
              try (PreparedStatement old =
                  connection.prepareStatement(
                      "DELETE FROM sluice.canary WHERE contract = ? AND tenant = ?"
                          + " AND sent_at < ?::timestamptz - interval '"
                          + KEPT
                          + "'")) {
                old.setString(1, contract);
                old.setString(2, tenant.name());
                old.setTimestamp(3, Timestamp.from(at));
                int forgotten = old.executeUpdate();
              }
              try (PreparedStatement statement =
                  connection.prepareStatement(
                      "INSERT INTO sluice.canary (lane, sequence, id, contract, tenant, sent_at)"
                          + " SELECT l, s, ?, ?, ?, ? FROM unnest(?::text[], ?::bigint[])"
                          + " AS p (l, s) ON CONFLICT DO NOTHING")) {
                statement.setString(1, id);
                statement.setString(2, contract);
                statement.setString(3, tenant.name());
                statement.setTimestamp(4, Timestamp.from(at));
                statement.setArray(
                    5,
                    connection.createArrayOf(
                        "text", places.keySet().stream().map(Lane::name).toArray()));
                statement.setArray(
                    6, connection.createArrayOf("bigint", places.values().toArray()));
                return statement.executeUpdate();
              }
            });
  }

  /** The newest canaries of a data set, newest first, by lane. */
  public SortedMap<Lane, List<Canary>> newest(String contract, TenantId tenant) {
    return database.inTransaction(
        connection -> {
          SortedMap<Lane, List<Canary>> found = new TreeMap<>();
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT lane, sequence, sent_at FROM (SELECT *, row_number() OVER"
                      + " (PARTITION BY lane ORDER BY sequence DESC) AS n FROM sluice.canary"
                      + " WHERE contract = ? AND tenant = ?) c WHERE n <= "
                      + NEWEST
                      + " ORDER BY lane, sequence DESC")) {
            statement.setString(1, contract);
            statement.setString(2, tenant.name());
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                Lane lane = new Lane(row.getString(1));
                found
                    .computeIfAbsent(lane, l -> new ArrayList<>())
                    .add(new Canary(lane, row.getLong(2), row.getTimestamp(3).toInstant()));
              }
            }
          }
          return found;
        });
  }

  /** How many were sent in a stretch of time. */
  public long between(String contract, TenantId tenant, Instant from, Instant until) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT count(*) FROM sluice.canary WHERE contract = ? AND tenant = ?"
                      + " AND sent_at >= ? AND sent_at < ?")) {
            statement.setString(1, contract);
            statement.setString(2, tenant.name());
            statement.setTimestamp(3, Timestamp.from(from));
            statement.setTimestamp(4, Timestamp.from(until));
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }
}
