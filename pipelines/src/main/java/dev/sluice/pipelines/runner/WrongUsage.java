package dev.sluice.pipelines.runner;

/** The command line asks for something that does not make sense; the message says what would. */
public final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongUsage(String message) {
    super(message);
  }
}
