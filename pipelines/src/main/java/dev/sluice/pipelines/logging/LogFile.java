package dev.sluice.pipelines.logging;

import java.nio.file.Path;

/** Where this process logs, so that a message can send a person there. */
public final class LogFile {
  /** The system property that names the file; set before the first logger is made. */
  public static final String PROPERTY = "sluice.log";

  private LogFile() {}

  /** Its path; what the logging configuration takes when nobody has named one. */
  public static String name() {
    String named = System.getProperty(PROPERTY);
    return named == null
        ? Path.of(System.getProperty("java.io.tmpdir", "."), "sluice.log").toString()
        : named;
  }
}
