package dev.sluice.pipelines.registry;

import dev.sluice.raw.files.Aside;
import dev.sluice.raw.files.FileIndex;
import dev.sluice.raw.files.FileMark;
import dev.sluice.raw.files.SeenFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files that have been seen in folders of drops, kept in Postgres under indexes. */
public final class DroppedFiles implements FileIndex {
  private static final String LANDED = "LANDED";
  private static final String COPY = "COPY";

  private final Database database;

  public DroppedFiles(Database database) {
    this.database = database;
  }

  @Override
  public Reach reach(String table) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT epoch, files FROM sluice.dropped_reach WHERE table_name = ?")) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? new Reach(row.getLong(1), row.getLong(2)) : Reach.NONE;
            }
          }
        });
  }

  @Override
  public Set<FileMark> seen(String table, Collection<FileMark> marks) {
    return Set.copyOf(fates(table, marks, "").keySet());
  }

  @Override
  public Map<FileMark, Aside> aside(String table, Collection<FileMark> marks) {
    Map<FileMark, Aside> aside = new HashMap<>();
    fates(table, marks, " AND f.number IS NULL")
        .forEach((mark, fate) -> aside.put(mark, Aside.valueOf(fate)));
    return aside;
  }

  /** The fates of those of the marks that are known and for which the condition holds. */
  private Map<FileMark, String> fates(String table, Collection<FileMark> marks, String condition) {
    if (marks.isEmpty()) {
      return Map.of();
    }
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT f.name_hash, f.size, f.modified, f.fate"
                      + " FROM unnest(?::text[], ?::bigint[], ?::bigint[])"
                      + " AS m (name_hash, size, modified)"
                      + " JOIN sluice.dropped_file f USING (name_hash, size, modified)"
                      + " WHERE f.table_name = ?"
                      + condition)) {
            statement.setArray(
                1, connection.createArrayOf("text", marks.stream().map(FileMark::name).toArray()));
            statement.setArray(
                2,
                connection.createArrayOf("bigint", marks.stream().map(FileMark::size).toArray()));
            statement.setArray(
                3,
                connection.createArrayOf(
                    "bigint", marks.stream().map(FileMark::modified).toArray()));
            statement.setString(4, table);
            Map<FileMark, String> fates = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                fates.put(
                    new FileMark(row.getString(1), row.getLong(2), row.getLong(3)),
                    row.getString(4));
              }
            }
            return fates;
          }
        });
  }

  @Override
  public Map<String, Long> landed(String table, Collection<String> sha256) {
    if (sha256.isEmpty()) {
      return Map.of();
    }
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT f.sha256, f.number FROM unnest(?::text[]) AS c (sha256)"
                      + " JOIN sluice.dropped_file f USING (sha256)"
                      + " WHERE f.table_name = ? AND f.fate = 'LANDED'")) {
            statement.setArray(1, connection.createArrayOf("text", sha256.toArray()));
            statement.setString(2, table);
            Map<String, Long> landed = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                landed.put(row.getString(1), row.getLong(2));
              }
            }
            return landed;
          }
        });
  }

  @Override
  public void add(String table, List<SeenFile> files, Reach reach) {
    int unused =
        database.inTransaction(
            connection -> {
              insert(connection, table, files);
              return move(connection, table, reach);
            });
  }

  private static void insert(Connection connection, String table, List<SeenFile> files)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO sluice.dropped_file"
                + " (table_name, name_hash, size, modified, sha256, number, fate)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (table_name, name_hash, size, modified) DO UPDATE SET"
                + " sha256 = excluded.sha256, number = excluded.number, fate = excluded.fate,"
                + " seen_at = now()")) {
      for (SeenFile file : files) {
        statement.setString(1, table);
        statement.setString(2, file.mark().name());
        statement.setLong(3, file.mark().size());
        statement.setLong(4, file.mark().modified());
        statement.setString(5, file.sha256());
        statement.setObject(6, file.number().orElse(null), java.sql.Types.BIGINT);
        statement.setString(7, file.aside().map(Enum::name).orElse(file.copy() ? COPY : LANDED));
        statement.addBatch();
      }
      int[] unused = statement.executeBatch();
    }
  }

  private static int move(Connection connection, String table, Reach reach) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO sluice.dropped_reach (table_name, epoch, files) VALUES (?, ?, ?)"
                + " ON CONFLICT (table_name) DO UPDATE SET epoch = excluded.epoch,"
                + " files = excluded.files")) {
      statement.setString(1, table);
      statement.setLong(2, reach.epoch());
      statement.setLong(3, reach.files());
      return statement.executeUpdate();
    }
  }

  @Override
  public void forget(String table) {
    int unused =
        database.inTransaction(
            connection -> {
              int forgotten = 0;
              for (String what : List.of("dropped_file", "dropped_reach")) {
                try (PreparedStatement statement =
                    connection.prepareStatement(
                        "DELETE FROM sluice." + what + " WHERE table_name = ?")) {
                  statement.setString(1, table);
                  forgotten += statement.executeUpdate();
                }
              }
              return forgotten;
            });
  }

  @Override
  public Map<Aside, Long> aside(String table) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT fate, count(*) FROM sluice.dropped_file"
                      + " WHERE table_name = ? AND number IS NULL GROUP BY fate")) {
            statement.setString(1, table);
            Map<Aside, Long> aside = new EnumMap<>(Aside.class);
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                aside.put(Aside.valueOf(row.getString(1)), row.getLong(2));
              }
            }
            return aside;
          }
        });
  }
}
