package dev.sluice.refined;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.position.Touched;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Keys of rows of reference data as canonical texts, so that a new version can say which of them
 * changed where a rewritten table says which partitions it touched. The text is the JSON list of
 * the canonical texts (see {@link PartitionValues}) of the key columns in their order.
 *
 * @param columns the key columns
 */
public record ReferenceKeys(List<PartitionValues> columns) {
  /** More characters than this, in all changed keys together, are remembered as "all". */
  static final long LONGEST = 65_536;

  private static final String KEY = "key";
  private static final ObjectMapper JSON = new ObjectMapper();

  public ReferenceKeys {
    columns = List.copyOf(columns);
  }

  /** Of these reference data; empty when a key column has values that have no canonical text. */
  public static Optional<ReferenceKeys> of(ReferenceTable reference) {
    List<PartitionValues> columns = new ArrayList<>();
    for (String name : reference.key()) {
      reference.columns().stream()
          .filter(c -> c.name().equals(name) && hasText(c.type()))
          .forEach(c -> columns.add(new PartitionValues(c.name(), c.type())));
    }
    return columns.isEmpty() || columns.size() < reference.key().size()
        ? Optional.empty()
        : Optional.of(new ReferenceKeys(columns));
  }

  private static boolean hasText(ColumnType type) {
    return type instanceof ColumnType.Decimal
        || (type instanceof Simple
            && type != Simple.FLOAT
            && type != Simple.DOUBLE
            && type != Simple.BINARY);
  }

  /**
   * The keys of the rows that came, changed or went; empty when none did.
   *
   * @param before rows of the declared columns
   * @param after rows of the same columns
   */
  public static Optional<Touched> changed(
      ReferenceTable reference, Dataset<Row> before, Dataset<Row> after) {
    Dataset<Row> differing = after.exceptAll(before).unionAll(before.exceptAll(after));
    Optional<ReferenceKeys> keys = of(reference);
    if (keys.isEmpty()) {
      return differing.isEmpty() ? Optional.empty() : Optional.of(Touched.ALL);
    }
    return Optional.of(keys.get().in(differing)).filter(found -> !found.equals(Touched.NOTHING));
  }

  /** The different keys of these rows; all when they are too many or too long to remember. */
  private Touched in(Dataset<Row> rows) {
    Column text = to_json(array(columns.stream().map(ReferenceKeys::text).toArray(Column[]::new)));
    Dataset<Row> some = rows.select(text.as(KEY)).distinct().limit(Touched.LIMIT + 1);
    List<String> keys = some.as(Encoders.STRING()).collectAsList();
    long characters = keys.stream().mapToLong(String::length).sum();
    return characters > LONGEST ? Touched.ALL : Touched.of(keys);
  }

  /** One row for each key, its columns as {@link #type()} says. */
  public Dataset<Row> rows(SparkSession spark, Collection<String> texts) {
    return spark.createDataFrame(texts.stream().map(this::row).toList(), type());
  }

  /** The key columns with their names and types. */
  StructType type() {
    StructType type = new StructType();
    for (PartitionValues column : columns) {
      type = type.add(column.column(), DataType.fromDDL(column.type().ddl()));
    }
    return type;
  }

  private static Column text(PartitionValues column) {
    return column.text(col("`" + column.column() + "`"));
  }

  private Row row(String text) {
    List<String> parts = parts(text);
    if (parts.size() != columns.size()) {
      throw new IllegalArgumentException(
          "Expected a key of "
              + columns.size()
              + " columns; got one of "
              + parts.size()
              + ". To do: load the reference data again");
    }
    Object[] values = new Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i).value(parts.get(i));
    }
    return RowFactory.create(values);
  }

  private static List<String> parts(String text) {
    try {
      return JSON.readValue(text, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Expected a changed key of reference data as a JSON list; it does not parse. To do: load"
              + " the reference data again",
          e);
    }
  }
}
