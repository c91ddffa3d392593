package dev.sluice.refined.reference;

import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.ReferenceTable.Column;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.refined.CannotRefine;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** Says what a person has to do when Postgres does not give a reference table. */
record PostgresFault(ReferenceSource source, ReferenceTable reference) {
  private static final String UNDEFINED_TABLE = "42P01";
  private static final String UNDEFINED_COLUMN = "42703";
  private static final String NO_PRIVILEGE = "42501";

  CannotRefine of(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    FailureKind kind = state.startsWith("42") ? FailureKind.SETUP : FailureKind.TRANSIENT;
    return new CannotRefine(
        kind, "Reference table " + source + " cannot be read: " + reason(state), e);
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
      default -> "SQLSTATE " + state + ". To do: see the log of Postgres, then run again";
    };
  }
}
