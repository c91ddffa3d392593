package dev.sluice.stage.decode;

import dev.sluice.stage.decode.MessagePlan.Target;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** What is read of an object, by the names of its fields. */
final class Fields implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, Field> byName = new HashMap<>();
  private final String path;

  /**
   * One field.
   *
   * @param path names that lead to it, with dots
   * @param targets the columns that read it as a whole; none when only parts of it are read
   */
  record Field(String path, ArrayList<Target> targets) implements Serializable {}

  private Fields(String path) {
    this.path = path;
  }

  /** What is read of a message. */
  static Fields ofMessage() {
    return new Fields("");
  }

  void add(String name, Target target) {
    field(name).targets().add(target);
  }

  private Field field(String name) {
    return byName.computeIfAbsent(
        name, n -> new Field(path.isEmpty() ? n : path + "." + n, new ArrayList<>()));
  }

  /** Null for a field that no column reads. */
  @Nullable Field get(String name) {
    return byName.get(name);
  }

  /** Names that lead to this object, with dots; empty for the message itself. */
  String path() {
    return path;
  }
}
