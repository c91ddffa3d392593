package dev.sluice.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the services of one home keep what is theirs. */
record HomeFolder(Path folder) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Pattern BEFORE = Pattern.compile("airflow|bench-.*|logs|sluice\\.yaml|tmp");

  HomeFolder {
    folder = folder.toAbsolutePath().normalize();
  }

  /**
   * Makes the folders the services write to; the one for secrets is open to its owner only. So is a
   * home of which this is the first time, because data lie clear in it (the broker's log, raw, what
   * was dropped); who opens it later to a group does so on purpose, and it stays.
   */
  static HomeFolder open(Path folder) throws IOException {
    HomeFolder home = new HomeFolder(folder);
    boolean wasThere = Files.isDirectory(home.folder);
    if (home.isNew()) {
      Files.createDirectories(home.folder);
      close(home.folder, wasThere);
    }
    for (Path each :
        new Path[] {
          home.kafka(), home.postgres(), home.bigquery(), home.logs(), home.temporary()
        }) {
      Files.createDirectories(each);
    }
    Path secrets = home.folder.resolve("secrets");
    Files.createDirectories(secrets);
    Files.setPosixFilePermissions(secrets, OWNER_ONLY);
    return home;
  }

  /** A folder that somebody else prepared may not be ours to close. */
  private static void close(Path folder, boolean wasThere) throws IOException {
    try {
      Files.setPosixFilePermissions(folder, OWNER_ONLY);
    } catch (IOException e) {
      if (!wasThere) {
        throw e;
      }
    }
  }

  /** Whether nothing is in it but what a command writes before the services are there. */
  private boolean isNew() throws IOException {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.allMatch(each -> BEFORE.matcher(each.getFileName().toString()).matches());
    }
  }

  Path services() {
    return folder.resolve("services");
  }

  Path servicesFile() {
    return services().resolve("services.json");
  }

  Path pidFile() {
    return services().resolve("services.pid");
  }

  Path lockFile() {
    return services().resolve("services.lock");
  }

  Path kafka() {
    return services().resolve("kafka");
  }

  Path postgres() {
    return services().resolve("postgres");
  }

  Path postgresData() {
    return postgres().resolve("data");
  }

  Path bigquery() {
    return services().resolve("bigquery");
  }

  /** Password of the role that Sluice uses. */
  Path postgresPassword() {
    return folder.resolve("secrets").resolve("postgres");
  }

  /** Password of the database's superuser, which only this process uses. */
  Path postgresSuperuserPassword() {
    return folder.resolve("secrets").resolve("postgres-superuser");
  }

  Path logs() {
    return folder.resolve("logs");
  }

  Path log(String name) {
    return logs().resolve(name + ".log");
  }

  Path temporary() {
    return folder.resolve("tmp");
  }
}
