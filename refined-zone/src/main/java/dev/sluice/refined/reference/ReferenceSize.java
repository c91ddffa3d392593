package dev.sluice.refined.reference;

/**
 * How much of a reference table is read how.
 *
 * @param atOnce tables of up to so many rows are read by the driver, over one connection
 * @param inPart about so many rows are in each part of a larger one, which a task reads
 * @param most more rows than this are refused
 */
record ReferenceSize(int atOnce, int inPart, long most) {
  /** A part fits into the memory of a task, and the parts of the largest table stay few. */
  static final ReferenceSize USUAL = new ReferenceSize(200_000, 50_000, 50_000_000);

  private static final int MOST_PARTS = 1_000;

  int parts(long rows) {
    return (int) Math.min(MOST_PARTS, Math.max(1, (rows + inPart - 1) / inPart));
  }
}
