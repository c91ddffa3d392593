package dev.sluice.pipelines.registry;

import dev.sluice.pipelines.config.SecretReference;
import dev.sluice.pipelines.config.SluiceConfig.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One real Postgres for the tests of a JVM; each asker gets a database of its own. */
public final class TestPostgres {
  private static final EmbeddedPostgres SERVER = start();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  /** The settings of a fresh, empty database. */
  public static Postgres settings() {
    String name = "test" + DATABASES.incrementAndGet();
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      Path password = Files.createTempFile("postgres", ".password");
      Files.writeString(password, "unused");
      password.toFile().deleteOnExit();
      return new Postgres(
          "jdbc:postgresql://127.0.0.1:" + SERVER.getPort() + "/" + name,
          "postgres",
          new SecretReference("file:" + password));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fresh database with the registry's schema. */
  public static Database migrated() {
    Database database = new Database(settings());
    new MigrateRegistry(database).run();
    return database;
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
