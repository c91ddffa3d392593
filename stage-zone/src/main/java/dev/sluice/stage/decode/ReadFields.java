package dev.sluice.stage.decode;

import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.stage.decode.Fields.Field;
import dev.sluice.stage.decode.MessagePlan.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a record, and of the objects in it, into the columns they go to. Not
 * thread-safe.
 */
final class ReadFields {
  private final Set<String> seen = new HashSet<>();
  private final List<Fields> noObjects = new ArrayList<>();

  /** The record that starts at the current token; ends at its last one. */
  void read(Tokens in, Fields record, @Nullable Object[] values) throws IOException, Rejected {
    start();
    walk(in, record, seen, values);
    end(values);
  }

  /** Before a record whose fields are handed over one by one, each with {@link #came}. */
  void start() {
    seen.clear();
    noObjects.clear();
  }

  void came(String name) {
    seen.add(name);
  }

  /** The value that starts at the current token, into every column that reads it or a part. */
  void read(Tokens in, Field field, @Nullable Object[] values) throws IOException, Rejected {
    Fields inside = field.inside();
    boolean enters = inside != null && in.current() == JsonToken.START_OBJECT;
    int last = field.targets().size() - 1;
    for (int i = 0; i <= last; i++) {
      read(in, enters || i < last, field.targets().get(i), values);
    }
    if (enters && inside != null) {
      readParts(in, inside, values);
    } else if (last < 0) {
      in.skip();
      isNoObject(field);
    }
  }

  /** The object inside a record that starts at the current token. */
  void readParts(Tokens in, Fields object, @Nullable Object[] values) throws IOException, Rejected {
    walk(in, object, new HashSet<>(), values);
  }

  /** A value in which parts were looked for in vain. */
  void isNoObject(Field field) {
    Fields inside = field.inside();
    if (inside != null) {
      noObjects.add(inside);
    }
  }

  /**
   * After the record: parts of what is no object are of the wrong type, unless their whole name is
   * that of another field.
   */
  void end(@Nullable Object[] values) throws Rejected {
    for (Fields inside : noObjects) {
      for (Target target : inside.targets().toList()) {
        if (values[target.column()] == null && !seen.contains(target.field())) {
          throw new Rejected(Reason.WRONG_TYPE).within(target.field());
        }
      }
    }
  }

  private void walk(Tokens in, Fields object, Set<String> names, @Nullable Object[] values)
      throws IOException, Rejected {
    while (in.next() != JsonToken.END_OBJECT) {
      String name = in.name();
      Field field = object.get(name);
      if (!names.add(name)) {
        String path = field == null ? object.path() : field.path();
        Rejected twice = new Rejected(Reason.DUPLICATE_FIELD);
        throw path.isEmpty() ? twice : twice.within(path);
      }
      JsonToken token = in.next();
      if (field == null) {
        in.passedOver(object.path(), name);
        in.skip();
      } else if (token != JsonToken.VALUE_NULL) {
        read(in, field, values);
      }
    }
  }

  /** The value that starts at the current token, into one column. */
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
