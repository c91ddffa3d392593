package dev.sluice.pipelines.registry;

/** A service that a run needs does not answer; says which, where, and which setting names it. */
public final class ServiceMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ServiceMissing(String service, String address, String setting, Throwable cause) {
    super(
        service
            + " does not answer at "
            + address
            + " (setting "
            + setting
            + "): "
            + reason(cause)
            + ". 'sluice up' starts the embedded services; see docs/runbooks/service-missing.md.",
        cause);
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    String line =
        message == null
            ? "no answer (" + cause.getClass().getSimpleName() + ")"
            : message.strip().split("\n", 2)[0];
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
