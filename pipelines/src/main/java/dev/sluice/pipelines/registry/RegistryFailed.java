package dev.sluice.pipelines.registry;

import java.sql.SQLException;

/** Postgres answered with an error. */
public final class RegistryFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryFailed(String what, SQLException cause) {
    super(what + " (SQLSTATE " + cause.getSQLState() + ")", cause);
  }
}
