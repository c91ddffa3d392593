package dev.sluice.refined.reference;

import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.ReferenceTable.Column;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.refined.CannotRefine;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** Says what a person has to do when Postgres does not give a reference table. */
record PostgresFault(ReferenceSource source, ReferenceTable reference) {
  private static final String SYNTAX_OR_ACCESS = "42"; // classes of SQLSTATE
  private static final String DATA_EXCEPTION = "22";
  private static final String UNDEFINED_TABLE = "42P01";
  private static final String UNDEFINED_COLUMN = "42703";
  private static final String NO_PRIVILEGE = "42501";

  CannotRefine of(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return new CannotRefine(
        kind(state), "Reference table " + source + " cannot be read: " + reason(state), e);
  }

  private static FailureKind kind(String state) {
    return switch (state.substring(0, 2)) {
      case SYNTAX_OR_ACCESS -> FailureKind.SETUP;
      case DATA_EXCEPTION -> FailureKind.DATA;
      default -> FailureKind.TRANSIENT;
    };
  }

  private String reason(String state) {
    return switch (state) {
      case UNDEFINED_TABLE ->
          "there is no such table. To do: create and load it (sluice reference load "
              + reference.name()
              + " FILE.csv), or correct its name";
      case UNDEFINED_COLUMN ->
          "it lacks a declared column; expected "
              + reference.columns().stream().map(Column::name).collect(Collectors.joining(", "))
              + ". To do: add the column there, or correct the contract";
      case NO_PRIVILEGE -> "user " + source.user() + " may not. To do: grant SELECT on it";
      default -> state.startsWith(DATA_EXCEPTION) ? unreadableValue(state) : unknown(state);
    };
  }

  private String unreadableValue(String state) {
    return "it has a value that its declared type cannot hold (SQLSTATE "
        + state
        + "; declared are "
        + reference.columns().stream()
            .map(column -> column.name() + " " + column.type().ddl())
            .collect(Collectors.joining(", "))
        + "). To do: correct the value there, or the contract";
  }

  private static String unknown(String state) {
    return "SQLSTATE " + state + ". To do: see the log of Postgres, then run again";
  }
}
