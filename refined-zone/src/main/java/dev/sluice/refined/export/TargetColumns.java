package dev.sluice.refined.export;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a table in BigQuery beside those that are to leave: what it must lose, what it
 * must gain. It gains columns, parts at the end of structs, and digits before the point of numbers;
 * its columns keep their order and all that was said of them there. Anything else is refused.
 *
 * @param table for messages
 */
record TargetColumns(String table, Schema found, AllowedColumns wanted) {

  /** Whether it has the columns that leave. */
  boolean fit() {
    return !lacksColumns() && widened().isEmpty();
  }

  /** Names of columns that may not leave, or not any more. */
  List<String> surplus() {
    return names().stream().filter(name -> !wanted.names().contains(name)).toList();
  }

  List<String> names() {
    return found.getFields().stream().map(Field::getName).toList();
  }

  boolean lacksColumns() {
    return !shapes(gained().getFields()).equals(shapes(found.getFields()));
  }

  /**
   * The schema with what it lacks.
   *
   * @throws ExportRefused when a column has another type
   */
  Schema gained() {
    List<Field> fields = new ArrayList<>();
    for (Field field : found.getFields()) {
      Optional<Field> as = wanted(field.getName());
      fields.add(as.map(w -> gained(field.getName(), field, w)).orElse(field));
    }
    wanted.schema().getFields().stream()
        .filter(field -> !names().contains(field.getName()))
        .forEach(fields::add);
    return Schema.of(fields);
  }

  /** Columns whose numbers get more digits, with the type that they get. */
  List<Field> widened() {
    return kept().stream()
        .filter(field -> digits(field) > 0)
        .filter(field -> digits(wanted(field.getName()).orElseThrow()) > digits(field))
        .map(field -> wanted(field.getName()).orElseThrow())
        .toList();
  }

  /** Type and structure of BigQuery's column, without the numbers of digits. */
  static String type(Field field) {
    return field.getType().getStandardType() + (isRepeated(field) ? "[]" : "");
  }

  private Field gained(String path, Field field, Field w) {
    if (!type(field).equals(type(w))) {
      throw refused(path, type(field), type(w));
    }
    List<Field> parts = parts(field);
    List<Field> wantedParts = parts(w);
    if (parts.size() > wantedParts.size()) {
      throw refused(path, shape(field), shape(w));
    }
    List<Field> all = new ArrayList<>();
    for (int i = 0; i < wantedParts.size(); i++) {
      Field part = wantedParts.get(i);
      if (i >= parts.size()) {
        all.add(part);
      } else if (parts.get(i).getName().equals(part.getName())) {
        all.add(gained(path + "." + part.getName(), parts.get(i), part));
      } else {
        throw refused(path, shape(field), shape(w));
      }
    }
    return all.isEmpty()
        ? field
        : field.toBuilder().setType(field.getType(), FieldList.of(all)).build();
  }

  private ExportRefused refused(String path, String is, String wanted) {
    return ExportRefused.setup(
        "Column "
            + path
            + " of "
            + table
            + " in BigQuery is "
            + is
            + " but the export sends "
            + wanted
            + ". Drop the table in BigQuery: the next export makes it again and fills it");
  }

  private Optional<Field> wanted(String name) {
    return wanted.columns().stream()
        .filter(column -> column.name().equals(name))
        .map(AllowedColumn::field)
        .findFirst();
  }

  private List<Field> kept() {
    return found.getFields().stream()
        .filter(field -> wanted.names().contains(field.getName()))
        .toList();
  }

  private static List<String> shapes(List<Field> fields) {
    return fields.stream().map(TargetColumns::shape).toList();
  }

  private static String shape(Field field) {
    return field.getName()
        + " "
        + type(field)
        + (parts(field).isEmpty()
            ? ""
            : parts(field).stream().map(TargetColumns::shape).toList().toString());
  }

  private static List<Field> parts(Field field) {
    return field.getSubFields() == null ? List.of() : List.copyOf(field.getSubFields());
  }

  private static boolean isRepeated(Field field) {
    return field.getMode() == Field.Mode.REPEATED;
  }

  private static long digits(Field field) {
    return Optional.ofNullable(field.getPrecision()).orElse(0L);
  }
}
