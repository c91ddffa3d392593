package dev.sluice.raw;

/**
 * Lets the writers of a raw table, its topic's landing and its folder's, come one after the other.
 * A row carries the edition it is committed with, so whoever takes longer to write would lose
 * against one who commits each second, however often it tries. Nothing is safe by it: the guard
 * decides what is committed.
 */
public interface Turns {
  /** For whoever is alone with the table. */
  Turns NONE = table -> () -> {};

  /** Waits for a turn at a table, but not for ever; close it after the commit. */
  Turn at(String table);

  /** A turn, until it is closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }
}
