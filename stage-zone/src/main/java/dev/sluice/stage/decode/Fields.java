package dev.sluice.stage.decode;

import dev.sluice.catalog.contract.SourceField;
import dev.sluice.stage.decode.MessagePlan.Target;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is read of an object, by the names of its fields. */
final class Fields implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, Field> byName = new HashMap<>();
  private final String path;

  /** One field: the columns that read it, and what is read inside it where it is an object. */
  static final class Field implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final ArrayList<Target> targets = new ArrayList<>();
    private @Nullable Fields inside;

    private Field(String path) {
      this.path = path;
    }

    /** The names that lead to it, with dots. */
    String path() {
      return path;
    }

    List<Target> targets() {
      return targets;
    }

    /** Null when nothing is. */
    @Nullable Fields inside() {
      return inside;
    }

    private Fields enter() {
      Fields parts = inside == null ? new Fields(path) : inside;
      inside = parts;
      return parts;
    }
  }

  private Fields(String path) {
    this.path = path;
  }

  /** What is read of a message. */
  static Fields ofMessage() {
    return new Fields("");
  }

  /** A name with dots may be a field's own, or lead through objects. */
  void add(String name, Target target) {
    field(name).targets.add(target);
    List<String> steps = SourceField.steps(name);
    if (steps.size() > 1) {
      Fields object = this;
      for (String step : steps.subList(0, steps.size() - 1)) {
        object = object.field(step).enter();
      }
      object.field(steps.get(steps.size() - 1)).targets.add(target);
    }
  }

  private Field field(String name) {
    return byName.computeIfAbsent(name, n -> new Field(path.isEmpty() ? n : path + "." + n));
  }

  /** Null for a field that no column reads. */
  @Nullable Field get(String name) {
    return byName.get(name);
  }

  /** The names that lead to this object, with dots; empty for the message itself. */
  String path() {
    return path;
  }

  /** Everything that is read of it, at any depth. */
  Stream<Target> targets() {
    return byName.values().stream()
        .flatMap(
            field ->
                Stream.concat(
                    field.targets.stream(),
                    field.inside == null ? Stream.empty() : field.inside.targets()));
  }
}
