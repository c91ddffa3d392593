package dev.sluice.pipelines.runner;

/**
 * The command line asks for something that does not make sense, or names input that cannot be
 * taken; the message says what would do. It never holds a value of a message.
 */
public final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongUsage(String message) {
    super(message);
  }
}
