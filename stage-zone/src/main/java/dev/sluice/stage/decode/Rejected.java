package dev.sluice.stage.decode;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message is set aside. Carries the reason and the contract's name of the field, never anything
 * that stood in the message; without a stack trace, since hostile input makes many.
 */
final class Rejected extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final @Nullable String field;

  Rejected(Reason reason) {
    this(reason, null);
  }

  private Rejected(Reason reason, @Nullable String field) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.field = field;
  }

  /** The same, seen from the object or list that holds the field. */
  Rejected within(String name) {
    return new Rejected(reason, field == null ? name : name + "." + field);
  }

  Reason reason() {
    return reason;
  }

  Optional<String> field() {
    return Optional.ofNullable(field);
  }
}
