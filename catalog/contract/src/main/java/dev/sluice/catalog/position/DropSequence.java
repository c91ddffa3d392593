package dev.sluice.catalog.position;

/**
 * Sequences of a lane of dropped files: ten decimal digits for the record within its file, from 1,
 * and the file's number, from 0, before them. So each record has a place of its own, the places of
 * a file are known before it is read to its end, and a head tells how many files were taken.
 */
public final class DropSequence {
  /** Places that a file takes on its lane, however few records it has. */
  public static final long PER_FILE = 10_000_000_000L;

  /** Files that a lane can hold. */
  public static final long FILES = Long.MAX_VALUE / PER_FILE - 1;

  private DropSequence() {}

  /** Where a file begins; also the head of a lane that has taken the files before it. */
  public static long ofFile(long file) {
    if (file < 0 || file > FILES) {
      throw new IllegalArgumentException(
          "A lane holds files 0 to " + FILES + "; got the number " + file);
    }
    return file * PER_FILE;
  }

  /** The place of a record. */
  public static long of(long file, long record) {
    if (record < 1 || record >= PER_FILE) {
      throw new IllegalArgumentException(
          "A file's records have numbers 1 to " + (PER_FILE - 1) + "; got " + record);
    }
    return ofFile(file) + record;
  }

  /** Number of the file at a place; of a head, how many files were taken. */
  public static long file(long sequence) {
    return sequence / PER_FILE;
  }

  /** Number of the record within its file. */
  public static long record(long sequence) {
    return sequence % PER_FILE;
  }

  /** The range of several files, in their order. */
  public static LaneRange files(long first, long count) {
    return new LaneRange(ofFile(first), ofFile(first + count));
  }
}
