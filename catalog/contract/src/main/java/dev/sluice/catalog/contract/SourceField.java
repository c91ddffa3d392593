package dev.sluice.catalog.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a column is read from a message and what its clear value must hold; a breach sets the row
 * aside.
 *
 * @param name the field's name in the message, or the names that lead to it through objects, with
 *     dots
 * @param type the type it must have there, before any privacy method
 * @param timeFormat how a time is written; ignored for other types
 * @param allowed the only values, as text; empty for any
 * @param examples clear values that made-up events use, as text; the earlier the more often; empty
 *     when the contract names none
 */
public record SourceField(
    String name,
    ColumnType type,
    TimeFormat timeFormat,
    Optional<String> pattern,
    Optional<BigDecimal> minimum,
    Optional<BigDecimal> maximum,
    Optional<Integer> minLength,
    Optional<Integer> maxLength,
    List<String> allowed,
    List<String> examples,
    List<String> aliases,
    List<String> versions) {

  public SourceField {
    allowed = List.copyOf(allowed);
    examples = List.copyOf(examples);
    aliases = List.copyOf(aliases);
    versions = List.copyOf(versions);
  }

  /** A field that is read under one name in the messages of every producer. */
  public SourceField(
      String name,
      ColumnType type,
      TimeFormat timeFormat,
      Optional<String> pattern,
      Optional<BigDecimal> minimum,
      Optional<BigDecimal> maximum,
      Optional<Integer> minLength,
      Optional<Integer> maxLength,
      List<String> allowed,
      List<String> examples) {
    this(
        name,
        type,
        timeFormat,
        pattern,
        minimum,
        maximum,
        minLength,
        maxLength,
        allowed,
        examples,
        List.of(),
        List.of());
  }

  /** A field whose contract names no examples. */
  public SourceField(
      String name,
      ColumnType type,
      TimeFormat timeFormat,
      Optional<String> pattern,
      Optional<BigDecimal> minimum,
      Optional<BigDecimal> maximum,
      Optional<Integer> minLength,
      Optional<Integer> maxLength,
      List<String> allowed) {
    this(
        name,
        type,
        timeFormat,
        pattern,
        minimum,
        maximum,
        minLength,
        maxLength,
        allowed,
        List.of());
  }

  /**
   * The fields by which a name leads to a value: one for a plain name, and the objects on the way
   * for {@code owner.email}. A field may have dots in its own name, so either may be meant.
   */
  public static List<String> steps(String name) {
    if (name.indexOf('.') < 0) {
      return List.of(name);
    }
    List<String> steps = List.of(name.split("\\.", -1));
    return steps.contains("") ? List.of(name) : steps;
  }

  /** Names of the fields of a message under which it may come. */
  public Set<String> topFields() {
    return Stream.concat(Stream.of(name), aliases.stream())
        .flatMap(each -> Stream.of(each, steps(each).get(0)))
        .collect(Collectors.toSet());
  }

  /** How times are written in a message. */
  public enum TimeFormat {
    ISO_8601,
    EPOCH_SECONDS,
    EPOCH_MILLIS,
    EPOCH_MICROS
  }
}
