package dev.sluice.pipelines.registry;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Who used which refined table and when, by day. What was asked and what came of it is not kept.
 */
public final class TableUses {
  private final Database database;
  private final String who;

  /** Notes what the user of this process does. */
  public TableUses(Database database) {
    this(database, System.getProperty("user.name", "unknown"));
  }

  TableUses(Database database, String who) {
    this.database = database;
    this.who = who;
  }

  /** Ways to touch a table. */
  public enum Kind {
    /** It was read by a person's or an application's query. */
    QUERY,
    /** Rows of it were sent to BigQuery. */
    EXPORT,
    /** Somebody asked for it after it had been dropped. */
    REBUILD,
    /** It was brought up to date, which nobody may have needed. */
    REFINE
  }

  /** Notes that a query read tables; of those, refined ones count. */
  public void queried(Collection<String> tables) {
    note(
        tables.stream().filter(table -> table.contains("_refined.")).toList(),
        Kind.QUERY,
        Instant.now());
  }

  /** Notes a use of each of these tables, in one statement. */
  public void note(Collection<String> tables, Kind kind, Instant at) {
    if (tables.isEmpty()) {
      return;
    }
    int unused =
        database.inTransaction(
            connection -> {
              try (PreparedStatement statement =
                  connection.prepareStatement(
                      "INSERT INTO sluice.table_use AS u"
                          + " (table_name, kind, who, day, last_at, times)"
                          + " SELECT t, ?, ?, (?::timestamptz AT TIME ZONE 'UTC')::date, ?, 1"
                          + " FROM unnest(?::text[]) AS t"
                          + " ON CONFLICT (table_name, kind, who, day) DO UPDATE SET"
                          + " last_at = greatest(u.last_at, excluded.last_at),"
                          + " times = u.times + 1")) {
                statement.setString(1, kind.name());
                statement.setString(2, who);
                statement.setTimestamp(3, Timestamp.from(at));
                statement.setTimestamp(4, Timestamp.from(at));
                statement.setArray(
                    5, connection.createArrayOf("text", tables.stream().distinct().toArray()));
                return statement.executeUpdate();
              }
            });
  }

  /**
   * Since when nobody has used a table: its last use, or when it was first made if nobody ever did;
   * empty when nothing is known of it.
   */
  public Optional<Instant> unusedSince(String table) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT coalesce(max(last_at) FILTER (WHERE kind <> 'REFINE'), min(last_at))"
                      + " FROM sluice.table_use WHERE table_name = ?")) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant);
            }
          }
        });
  }
}
