package dev.sluice.pipelines.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/**
 * The append-only record of acts that people answer for. An entry is written before its act; each
 * carries the hash of the one before, so that a changed or missing entry shows.
 */
public final class Audit {
  private static final long LOCK = 0x51_01CE_0002L;
  private static final String FIRST = "0".repeat(64);

  private final Database database;

  public Audit(Database database) {
    this.database = database;
  }

  /**
   * Writes an entry; the act may begin when this returns.
   *
   * @param actor who acts
   * @param act for example {@code accept-loss}
   * @param subject what is acted on
   * @param detail the reason and figures; never a clear personal value
   */
  public void write(String actor, String act, String subject, String detail) {
    database.inTransaction(
        connection -> {
          Last last = last(connection);
          Instant at = now(connection);
          Entry entry = new Entry(last.id() + 1, at, actor, act, subject, detail, last.hash());
          insert(connection, entry);
          return entry.id();
        });
  }

  /** Whether every entry still follows from the one before. */
  public boolean isUnbroken() {
    return database.inTransaction(Audit::verify);
  }

  private record Last(long id, String hash) {}

  private record Entry(
      long id, Instant at, String actor, String act, String subject, String detail, String before) {
    String hash() {
      MessageDigest digest = sha256();
      for (String part :
          List.of(before, Long.toString(id), at.toString(), actor, act, subject, detail)) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  private static Last last(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      try (ResultSet row =
          statement.executeQuery("SELECT id, hash FROM sluice.audit ORDER BY id DESC LIMIT 1")) {
        return row.next() ? new Last(row.getLong(1), row.getString(2)) : new Last(0, FIRST);
      }
    }
  }

  private static Instant now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
      row.next();
      return row.getTimestamp(1).toInstant().truncatedTo(ChronoUnit.MICROS);
    }
  }

  private static void insert(Connection connection, Entry entry) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO sluice.audit (id, at, actor, act, subject, detail, previous_hash, hash)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      statement.setLong(1, entry.id());
      statement.setTimestamp(2, Timestamp.from(entry.at()));
      statement.setString(3, entry.actor());
      statement.setString(4, entry.act());
      statement.setString(5, entry.subject());
      statement.setString(6, entry.detail());
      statement.setString(7, entry.before());
      statement.setString(8, entry.hash());
      statement.executeUpdate();
    }
  }

  private static boolean verify(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT id, at, actor, act, subject, detail, previous_hash, hash FROM sluice.audit"
                    + " ORDER BY id")) {
      Last last = new Last(0, FIRST);
      while (row.next()) {
        Entry entry =
            new Entry(
                row.getLong(1),
                row.getTimestamp(2).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                last.hash());
        if (entry.id() != last.id() + 1
            || !row.getString(7).equals(last.hash())
            || !row.getString(8).equals(entry.hash())) {
          return false;
        }
        last = new Last(entry.id(), entry.hash());
      }
      return true;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
