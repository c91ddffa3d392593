package dev.sluice.pipelines.cli;

/** The command line asks for something that does not make sense; the message says what would. */
final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongUsage(String message) {
    super(message);
  }
}
