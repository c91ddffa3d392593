package dev.sluice.pipelines.logging;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception in a log: its type, frames, causes and suppressed ones, but of messages
 * only what {@link Telling} tells.
 */
final class WithoutMessages extends Throwable {
  private static final long serialVersionUID = 1L;

  private WithoutMessages(Throwable thrown) {
    super(Telling.of(thrown)); // a cause that is given, null too, could not be set later
    setStackTrace(thrown.getStackTrace());
  }

  static @Nullable Throwable of(@Nullable Throwable thrown) {
    return thrown == null ? null : of(thrown, new IdentityHashMap<>());
  }

  private static Throwable of(Throwable thrown, Map<Throwable, WithoutMessages> seen) {
    WithoutMessages known = seen.get(thrown);
    if (known != null) {
      return known;
    }
    WithoutMessages told = new WithoutMessages(thrown);
    seen.put(thrown, told);
    Throwable cause = thrown.getCause();
    if (cause != null && !seen.containsKey(cause)) {
      told.initCause(of(cause, seen));
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      if (!seen.containsKey(suppressed)) {
        told.addSuppressed(of(suppressed, seen));
      }
    }
    return told;
  }

  @Override
  public String toString() {
    return String.valueOf(getMessage());
  }
}
