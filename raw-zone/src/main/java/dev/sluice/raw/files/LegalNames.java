package dev.sluice.raw.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/**
 * Gives names that Avro allows to the columns of a Parquet file, which may be called anything:
 * {@code Unnamed: 0}, {@code dep-delay}. A field's own name stays with it twice, as an alias, by
 * which Parquet's reader finds the column, and as the property {@value #COLUMN}, by which a reader
 * of the record does.
 */
final class LegalNames {
  static final String COLUMN = "sluice.column";

  private int types;

  private LegalNames() {}

  /** Work in which Avro takes any name. */
  interface AnyName<T> {
    T get() throws IOException;
  }

  /** Does work while Avro takes any name on this thread. */
  static <T> T whileAnyIs(AnyName<T> work) throws IOException {
    NameValidator before = Schema.getNameValidator();
    Schema.setNameValidator(NameValidator.NO_VALIDATION);
    try {
      return work.get();
    } finally {
      Schema.setNameValidator(before);
    }
  }

  /** The same schema under names that Avro allows. */
  static Schema in(Schema schema) {
    return new LegalNames().legal(schema);
  }

  private Schema legal(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case FIXED -> isLegal(schema) ? schema : fixed(schema);
      case ARRAY -> Schema.createArray(legal(schema.getElementType()));
      case MAP -> Schema.createMap(legal(schema.getValueType()));
      case UNION -> Schema.createUnion(schema.getTypes().stream().map(this::legal).toList());
      default -> schema;
    };
  }

  private Schema record(Schema schema) {
    Set<String> taken = new HashSet<>();
    schema.getFields().stream().map(Field::name).filter(LegalNames::isLegal).forEach(taken::add);
    List<Field> fields = new ArrayList<>();
    for (Field field : schema.getFields()) {
      String name = isLegal(field.name()) ? field.name() : free(field.name(), taken);
      Field legal =
          new Field(name, legal(field.schema()), field.doc(), field.defaultVal(), field.order());
      if (!name.equals(field.name())) {
        legal.addAlias(field.name());
        legal.addProp(COLUMN, field.name());
      }
      fields.add(legal);
    }
    return isLegal(schema)
        ? Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields)
        : Schema.createRecord(typeName(), null, null, false, fields);
  }

  private Schema fixed(Schema schema) {
    Schema legal = Schema.createFixed(typeName(), null, null, schema.getFixedSize());
    return schema.getLogicalType() == null ? legal : schema.getLogicalType().addToSchema(legal);
  }

  /** Names of types are seen by nobody. */
  private String typeName() {
    types++;
    return "type_of_parquet_" + types;
  }

  private static String free(String name, Set<String> taken) {
    String legal = name.replaceAll("[^A-Za-z0-9_]", "_");
    if (!isLegal(legal)) {
      legal = "_" + legal;
    }
    String free = legal;
    for (int i = 2; !taken.add(free); i++) {
      free = legal + "_" + i;
    }
    return free;
  }

  private static boolean isLegal(Schema named) {
    return Arrays.stream(named.getFullName().split("\\.", -1)).allMatch(LegalNames::isLegal);
  }

  private static boolean isLegal(String name) {
    return NameValidator.UTF_VALIDATOR.validate(name).isOK();
  }
}
