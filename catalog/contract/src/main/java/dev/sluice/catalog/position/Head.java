package dev.sluice.catalog.position;

/**
 * What a table remembers of itself, in the same commit as its rows.
 *
 * @param epoch raised by every rewind, so that writers from before it are recognised
 * @param edition how many commits have published something; 0 for a table that has none
 * @param lanes up to where each lane has been taken
 */
public record Head(long epoch, long edition, Position lanes) {
  public static final Head NONE = new Head(0, 0, Position.START);

  public Head {
    if (epoch < 0 || edition < 0) {
      throw new IllegalArgumentException(
          "A head needs epoch and edition >= 0; got epoch=" + epoch + ", edition=" + edition);
    }
  }
}
