package dev.sluice.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the services of one home keep what is theirs. */
record HomeFolder(Path folder) {
  HomeFolder {
    folder = folder.toAbsolutePath().normalize();
  }

  /** Makes the folders the services write to; the one for secrets is open to its owner only. */
  static HomeFolder open(Path folder) throws IOException {
    HomeFolder home = new HomeFolder(folder);
    for (Path each :
        new Path[] {
          home.kafka(), home.postgres(), home.bigquery(), home.logs(), home.temporary()
        }) {
      Files.createDirectories(each);
    }
    Path secrets = home.folder.resolve("secrets");
    Files.createDirectories(secrets);
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwx------"));
    return home;
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
