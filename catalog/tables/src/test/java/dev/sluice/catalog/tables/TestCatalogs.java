package dev.sluice.catalog.tables;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** Catalogs for tests: on SQLite with local files, on a real Postgres with files in memory. */
final class TestCatalogs {
  static final String NAME = "lake";

  private TestCatalogs() {}

  /** One real Postgres for all tests of this JVM; it ends with it. */
  private static final class Postgres {
    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setCleanDataDirectory(true).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static GuardedCatalog onSqlite(Path directory) {
    return onSqlite(directory, EnumSet.allOf(Rule.class));
  }

  static GuardedCatalog onSqlite(Path directory, Set<Rule> rules) {
    return started(
        new GuardedCatalog(rules),
        Map.of(
            "uri", "jdbc:sqlite:" + directory.resolve("catalog.db") + "?busy_timeout=20000",
            "warehouse", "file://" + directory.resolve("warehouse")));
  }

  static JdbcCatalog stockOnSqlite(Path directory) {
    return started(
        new JdbcCatalog(),
        Map.of(
            "uri", "jdbc:sqlite:" + directory.resolve("catalog.db") + "?busy_timeout=20000",
            "warehouse", "file://" + directory.resolve("warehouse")));
  }

  static String postgresUrl() {
    return "jdbc:postgresql://127.0.0.1:" + Postgres.SERVER.getPort() + "/postgres";
  }

  static GuardedCatalog onPostgres() {
    return onPostgres(new GuardedCatalog(), postgresUrl());
  }

  static <C extends JdbcCatalog> C onPostgres(C catalog, String url) {
    return started(
        catalog,
        Map.of(
            "uri",
            url,
            "jdbc.user",
            "postgres",
            "warehouse",
            "memory://wh",
            "io-impl",
            InMemoryFileIO.class.getName()));
  }

  private static <C extends JdbcCatalog> C started(C catalog, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.put("jdbc.schema-version", "V1");
    catalog.setConf(new Configuration(false));
    catalog.initialize(NAME, all);
    return catalog;
  }
}
