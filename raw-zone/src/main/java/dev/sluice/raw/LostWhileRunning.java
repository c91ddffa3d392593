package dev.sluice.raw;

/** While a stream ran, its source lost what should come next; the losses are looked up again. */
final class LostWhileRunning extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostWhileRunning(String table) {
    super("The source of " + table + " lost messages while they were being read");
  }
}
