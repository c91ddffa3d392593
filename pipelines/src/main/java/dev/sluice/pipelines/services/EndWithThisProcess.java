package dev.sluice.pipelines.services;

/** Until closed, the end of this process (Ctrl-C) asks another one to end. */
final class EndWithThisProcess implements AutoCloseable {
  private final Thread hook;

  EndWithThisProcess(Process other) {
    hook = new Thread(other::destroy, "end-" + other.pid());
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The end has begun and the hook runs.
    }
  }
}
