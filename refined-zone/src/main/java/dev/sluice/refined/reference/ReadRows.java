package dev.sluice.refined.reference;

import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.ReferenceTable.Column;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.refined.CannotRefine;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Reads rows of a reference table over a connection, with the contract's columns in their order.
 */
record ReadRows(ReferenceSource source, ReferenceTable reference) implements Serializable {
  private static final int FETCHED_AT_ONCE = 10_000;

  /** The rows of a part of the table, one of {@link KeyRanges}. */
  List<Row> where(Connection connection, String condition) throws SQLException {
    return rows(connection, sql() + " WHERE " + condition);
  }

  /** The first rows in no order, at most so many. */
  List<Row> first(Connection connection, long most) throws SQLException {
    return rows(connection, sql() + " LIMIT " + most);
  }

  private String sql() {
    return reference.columns().stream()
        .map(column -> '"' + column.name() + '"')
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + source.quotedTable()));
  }

  private List<Row> rows(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet found = statement.executeQuery()) {
        return rows(found);
      }
    }
  }

  private List<Row> rows(ResultSet found) throws SQLException {
    List<ReferenceColumn> columns = columns(found);
    List<Row> rows = new ArrayList<>();
    while (found.next()) {
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
}
