package dev.sluice.stage.decode;

import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.stage.decode.Fields.Field;
import dev.sluice.stage.decode.MessagePlan.Target;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields of objects into the columns they go to. Not thread-safe. */
final class ReadFields {
  private final Set<String> seen = new HashSet<>();

  /** The object that starts at the current token; ends at its last one. */
  void read(Tokens in, Fields fields, @Nullable Object[] values) throws IOException, Rejected {
    seen.clear();
    while (in.next() != JsonToken.END_OBJECT) {
      String name = in.name();
      Field field = fields.get(name);
      if (!seen.add(name)) {
        Rejected twice = new Rejected(Reason.DUPLICATE_FIELD);
        throw field == null ? twice : twice.within(name);
      }
      JsonToken token = in.next();
      if (field == null) {
        in.passedOver(fields.path(), name);
        in.skip();
      } else if (token != JsonToken.VALUE_NULL) {
        read(in, field, values);
      }
    }
  }

  /** The value that starts at the current token, into every column that reads it. */
  static void read(Tokens in, Field field, @Nullable Object[] values) throws IOException, Rejected {
    int last = field.targets().size() - 1;
    for (int i = 0; i <= last; i++) {
      read(in, i < last, field.targets().get(i), values);
    }
  }

  /** The same into one column. */
  static void read(Tokens in, Target target, @Nullable Object[] values)
      throws IOException, Rejected {
    read(in, false, target, values);
  }

  private static void read(
      Tokens in, boolean othersFollow, Target target, @Nullable Object[] values)
      throws IOException, Rejected {
    try {
      ReadValue reader = target.reader();
      Object value = othersFollow ? in.ahead(reader) : reader.read(in);
      for (CheckValue check : target.checks()) {
        check.check(value);
      }
      put(values, target, value);
    } catch (Rejected rejected) {
      throw rejected.within(target.field());
    }
  }

  /** A column of several names is there once, or readers would disagree. */
  private static void put(@Nullable Object[] values, Target target, Object value) throws Rejected {
    if (values[target.column()] != null) {
      throw new Rejected(Reason.DUPLICATE_FIELD);
    }
    values[target.column()] = value;
  }
}
