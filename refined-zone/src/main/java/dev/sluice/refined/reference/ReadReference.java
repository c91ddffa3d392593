package dev.sluice.refined.reference;

import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.refined.CannotRefine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.encoders.RowEncoder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads all rows of a reference table by plain JDBC, so that no credential comes near Spark's
 * configuration, plans or event log: tasks get the reference of the password, not the password. A
 * small table is read by the driver; of a large one each task reads a part. All parts see one state
 * of the database, because the driver keeps the transaction open whose snapshot they share.
 */
record ReadReference(
    SparkSession spark, ReferenceSource source, ReferenceTable reference, ReferenceSize size) {

  /** The rows with the contract's columns in their order. */
  ReferenceContent content(StructType schema) {
    try (Connection connection = ReferenceConnection.open(source)) {
      long estimate = estimate(connection);
      if (estimate <= size.atOnce()) {
        List<Row> rows = new ReadRows(source, reference).first(connection, size.atOnce() + 1L);
        if (rows.size() <= size.atOnce()) {
          new CheckKeys(source, reference).of(rows);
          return new ReferenceContent(spark.createDataFrame(rows, schema), rows.size(), 1);
        }
      }
      return inParts(connection, schema, Math.max(estimate, count(connection)));
    } catch (SQLException e) {
      throw new PostgresFault(source, reference).of(e);
    }
  }

  private ReferenceContent inParts(Connection connection, StructType schema, long about)
      throws SQLException {
    if (about > size.most()) {
      throw new CannotRefine(
          FailureKind.DATA,
          "Reference table "
              + source
              + " has more than "
              + size.most()
              + " rows. To do: bring it as a data set of its own instead");
    }
    int parts = size.parts(about);
    List<String> conditions = new KeyRanges(source, reference).of(connection, about, parts);
    String snapshot = text(connection, "SELECT pg_export_snapshot()");
    Dataset<Row> rows =
        spark
            .createDataset(conditions, Encoders.STRING())
            .repartition(parts)
            .flatMap(part(snapshot), RowEncoder.encoderFor(schema, true))
            .persist(StorageLevel.DISK_ONLY());
    ReferenceContent content = new ReferenceContent(rows, rows.count(), parts);
    try {
      new CheckKeys(source, reference).of(rows);
      return content;
    } catch (RuntimeException e) {
      content.close();
      throw e;
    }
  }

  private FlatMapFunction<String, Row> part(String snapshot) {
    ReadRows read = new ReadRows(source, reference);
    return condition -> {
      try (Connection connection = ReferenceConnection.open(read.source(), snapshot)) {
        return read.where(connection, condition).iterator();
      } catch (SQLException e) {
        throw new PostgresFault(read.source(), read.reference()).of(e);
      }
    };
  }

  /** What Postgres' statistics say; nothing for views and tables it has not looked at. */
  private long estimate(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT coalesce(max(reltuples), 0)::int8 FROM pg_class WHERE oid = to_regclass(?)")) {
      statement.setString(1, source.quotedTable());
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  private long count(Connection connection) throws SQLException {
    return Long.parseLong(text(connection, "SELECT count(*) FROM " + source.quotedTable()));
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet found = statement.executeQuery()) {
      found.next();
      return found.getString(1);
    }
  }
}
