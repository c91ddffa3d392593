package dev.sluice.catalog.publishing;

import java.nio.file.Path;

/**
 * Names a local path for Hadoop, Spark and Iceberg. They read a location as text with nothing
 * escaped: of Java's {@code file:///my%20home} they would make a folder {@code my%20home}.
 */
public final class LocalLocation {
  private LocalLocation() {}

  /** The path with the scheme of local files, whatever the default file system. */
  public static String of(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri()).toString();
  }

  /** The path of a location, which may lack the scheme. */
  public static Path path(String location) {
    return Path.of(new org.apache.hadoop.fs.Path(location).toUri().getPath());
  }

  /** Whether a location, with or without scheme, is of local files. */
  public static boolean isLocal(String location) {
    String scheme = new org.apache.hadoop.fs.Path(location).toUri().getScheme();
    return scheme == null || scheme.equals("file");
  }
}
