package dev.sluice.catalog.contract;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The directory that Iceberg makes of a partition: {@code field=value}, the value encoded as in a
 * URL. File systems, HDFS among them, take no longer names than {@link #LONGEST}, so one value
 * could stop every write.
 */
public final class PartitionDirectory {
  /** Most bytes of a name. */
  public static final int LONGEST = 255;

  private PartitionDirectory() {}

  /** How many bytes the directory of a text has. */
  public static int bytes(String field, String value) {
    return field.length() + 1 + URLEncoder.encode(value, StandardCharsets.UTF_8).length();
  }
}
