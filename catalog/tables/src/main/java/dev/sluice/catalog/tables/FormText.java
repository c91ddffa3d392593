package dev.sluice.catalog.tables;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** A table's columns and partitioning as text without field ids and comments, to compare forms. */
record FormText(String text) {
  FormText(Schema schema, PartitionSpec spec) {
    this(
        fields(schema.columns())
            + " partitioned by "
            + spec.fields().stream()
                .map(f -> f.transform() + "(" + schema.findColumnName(f.sourceId()) + ")")
                .collect(Collectors.joining(", ", "[", "]")));
  }

  private static String fields(List<Types.NestedField> fields) {
    return fields.stream()
        .map(f -> f.name() + " " + type(f.type()) + (f.isRequired() ? " required" : ""))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  static String type(Type type) {
    if (type instanceof Types.StructType struct) {
      return "struct" + fields(struct.fields());
    }
    if (type instanceof Types.ListType list) {
      return "list<" + type(list.elementType()) + ">";
    }
    return type.toString();
  }
}
