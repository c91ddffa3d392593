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

  /** Most bytes of one character: four of UTF-8, each written as {@code %XX}. */
  private static final int WIDEST = 12;

  private PartitionDirectory() {}

  /** How many bytes the directory of a text has. */
  public static int bytes(String field, String value) {
    return field.length() + 1 + URLEncoder.encode(value, StandardCharsets.UTF_8).length();
  }

  /** How many characters fit, whatever they are. */
  public static int characters(String field) {
    return (LONGEST - field.length() - 1) / WIDEST;
  }

  /** How many characters fit when all are letters and digits of ASCII, {@code . _} or {@code -}. */
  public static int plainCharacters(String field) {
    // the $ of a pattern lets a last line end pass, U+2028 too
    return LONGEST - field.length() - 1 - "%E2%80%A8".length();
  }
}
