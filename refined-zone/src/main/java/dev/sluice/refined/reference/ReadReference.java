package dev.sluice.refined.reference;

import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.ReferenceTable.Column;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.refined.CannotRefine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Reads all rows of a reference table by plain JDBC on the driver, so that no credential comes near
 * Spark's configuration, plans or event log. One statement sees one state of the table.
 */
record ReadReference(ReferenceSource source, ReferenceTable reference) {
  /** Reference data is small; more rows than this are refused. */
  static final int LIMIT = 1_000_000;

  private static final int FETCHED_AT_ONCE = 10_000;

  /** The rows with the contract's columns in their order. */
  List<Row> rows() {
    try (Connection connection = open()) {
      connection.setAutoCommit(false); // or the driver would fetch everything at once
      connection.setReadOnly(true);
      try (PreparedStatement statement = connection.prepareStatement(sql())) {
        statement.setFetchSize(FETCHED_AT_ONCE);
        try (ResultSet found = statement.executeQuery()) {
          return rows(found);
        }
      }
    } catch (SQLException e) {
      throw new PostgresFault(source, reference).of(e);
    }
  }

  private String sql() {
    return reference.columns().stream()
        .map(column -> '"' + column.name() + '"')
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + source.quotedTable()));
  }

  private List<Row> rows(ResultSet found) throws SQLException {
    List<ReferenceColumn> columns = columns(found);
    List<Row> rows = new ArrayList<>();
    while (found.next()) {
      if (rows.size() == LIMIT) {
        throw new CannotRefine(
            FailureKind.DATA,
            "Reference table "
                + source
                + " has more than "
                + LIMIT
                + " rows. To do: bring it as a data set of its own instead");
      }
      Object[] values = new Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = columns.get(i).value(found).orElse(null);
      }
      rows.add(RowFactory.create(values));
    }
    return rows;
  }

  private List<ReferenceColumn> columns(ResultSet found) throws SQLException {
    List<ReferenceColumn> columns = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    int index = 0;
    for (Column column : reference.columns()) {
      String type = found.getMetaData().getColumnTypeName(++index);
      ReferenceColumn read = new ReferenceColumn(index, column, source.table());
      if (!read.accepts(type)) {
        faults.add(column.name() + " is declared " + column.type().ddl() + " and is " + type);
      }
      columns.add(read);
    }
    if (!faults.isEmpty()) {
      throw new CannotRefine(
          FailureKind.SETUP,
          "Reference table "
              + source
              + " does not have the declared types: "
              + String.join("; ", faults)
              + ". To do: correct the contract, or give a view with these types");
    }
    return columns;
  }

  private Connection open() {
    Properties properties = new Properties();
    properties.setProperty("user", source.user());
    properties.setProperty("password", source.password().resolve());
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("ApplicationName", "sluice-reference");
    try {
      return DriverManager.getConnection(source.url(), properties);
    } catch (SQLException e) {
      throw new CannotRefine(
          FailureKind.TRANSIENT,
          "Postgres at "
              + source.url()
              + " does not let user "
              + source.user()
              + " in (SQLSTATE "
              + e.getSQLState()
              + "). To do: start it, or correct its address, user or password reference",
          e);
    }
  }
}
