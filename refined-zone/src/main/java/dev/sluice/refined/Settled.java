package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.tables.ExpiredRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;

/**
 * Partitions of a product that are computed no more, because rows of which they were made have
 * expired: computed again they would hold what is left of them. They stay as they are until the
 * product's own retention.
 *
 * @param values the product's partition column
 * @param partitions their canonical texts (see {@link PartitionValues})
 * @param floor what is older has left by the product's own retention, and is settled too
 */
record Settled(PartitionValues values, SortedSet<String> partitions, Optional<String> floor) {
  /** Property of a product's table. */
  static final String PROPERTY = "sluice.settled";

  /** More partitions than this would make each commit of the table's metadata heavy. */
  static final int LIMIT = 20_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  Settled {
    partitions = new TreeSet<>(partitions);
  }

  /** What the properties of a product's table say. */
  static Settled of(Product product, Map<String, String> properties) {
    PartitionValues values = PartitionValues.of(product);
    Optional<String> floor =
        ExpiredRows.of(properties).map(expired -> values.text(expired.before()));
    String text = properties.getOrDefault(PROPERTY, "[]");
    try {
      return new Settled(
          values, new TreeSet<>(JSON.readValue(text, new TypeReference<List<String>>() {})), floor);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Expected the property " + PROPERTY + " to be a JSON list of texts", e);
    }
  }

  String write() {
    try {
      return JSON.writeValueAsString(partitions);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A list of texts has no JSON form", e);
    }
  }

  boolean isEmpty() {
    return partitions.isEmpty() && floor.isEmpty();
  }

  /** With more partitions, and without those that are below the floor anyway. */
  Settled and(SortedSet<String> more) {
    SortedSet<String> both = new TreeSet<>(partitions);
    both.addAll(more);
    both.removeIf(this::isBelowFloor);
    return new Settled(values, both, floor);
  }

  /** The affected partitions that may be computed. */
  Touched open(Touched affected) {
    return affected.all()
        ? affected
        : Touched.of(
            affected.partitions().stream()
                .filter(p -> !partitions.contains(p) && !isBelowFloor(p))
                .toList());
  }

  /** True where a row's partition may be computed. */
  Column isOpen() {
    return isOpen(col("`" + values.column() + "`"));
  }

  /** True where this value is that of a partition that may be computed. */
  Column isOpen(Column value) {
    Column open = partitions.isEmpty() ? lit(true) : not(values.isOneOf(value, partitions));
    return floor
        .map(text -> open.and(value.isNull().or(value.geq(values.literal(text)))))
        .orElse(open);
  }

  /** Canonical texts of dates and times are in the order of time. */
  private boolean isBelowFloor(String partition) {
    return floor.isPresent()
        && !partition.equals(PartitionValues.NULL)
        && partition.compareTo(floor.get()) < 0;
  }
}
