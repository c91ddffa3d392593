package dev.sluice.stage;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.Serializable;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A set of 64-bit hashes of business keys that travels to tasks: 16 to 32 bytes a hash, one look
 * for a hash that is not there. Equal keys have equal hashes; that two keys share one is possible,
 * so a hash found here makes a row suspect and no more.
 */
final class KeyHashes implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SMALLEST = 1 << 10;

  private long[] table = new long[SMALLEST];
  private boolean hasZero;
  private int size;

  /** Adds a hash; whether it was not there before. */
  @CanIgnoreReturnValue
  boolean add(long hash) {
    if (hash == 0) {
      boolean isNew = !hasZero;
      hasZero = true;
      size += isNew ? 1 : 0;
      return isNew;
    }
    int place = place(table, hash);
    if (table[place] == hash) {
      return false;
    }
    table[place] = hash;
    size++;
    if (size > table.length / 2) {
      grow();
    }
    return true;
  }

  boolean contains(long hash) {
    return hash == 0 ? hasZero : table[place(table, hash)] == hash;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** These and more. */
  KeyHashes and(List<long[]> more) {
    KeyHashes all = copy();
    more.forEach(hashes -> LongStream.of(hashes).forEach(all::add));
    return all;
  }

  /** These and those. */
  KeyHashes and(KeyHashes more) {
    KeyHashes all = copy();
    LongStream.of(more.table).filter(hash -> hash != 0).forEach(all::add);
    if (more.hasZero) {
      all.add(0);
    }
    return all;
  }

  private KeyHashes copy() {
    KeyHashes same = new KeyHashes();
    same.table = table.clone();
    same.hasZero = hasZero;
    same.size = size;
    return same;
  }

  /** Where the hash stands, or the free place for it; 0 marks free places. */
  private static int place(long[] table, long hash) {
    int mask = table.length - 1;
    int place = (int) (hash ^ hash >>> 32) & mask;
    while (table[place] != 0 && table[place] != hash) {
      place = place + 1 & mask;
    }
    return place;
  }

  private void grow() {
    long[] larger = new long[Math.multiplyExact(table.length, 2)];
    for (long hash : table) {
      if (hash != 0) {
        larger[place(larger, hash)] = hash;
      }
    }
    table = larger;
  }
}
