package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The tables of a contract as empty rows of the declared schemas, for analysing SQL on them. */
record EmptyTables(SparkSession spark, DataContract contract) {
  /** The name under which set rules of stage see what the same run sets aside. */
  private static final String QUARANTINE = "quarantine";

  private static final String QUARANTINE_SCHEMA =
      "_edition bigint, lane string, sequence bigint, raw_edition bigint, fate string,"
          + " reason string, field string, contract_version string, size int, payload binary,"
          + " duplicate_of_lane string, duplicate_of_sequence bigint";

  Dataset<Row> stage() {
    return stage(contract.stage());
  }

  private Dataset<Row> stage(StageTable table) {
    return empty(
        table.columns().stream()
            .filter(StageColumn::reachesStage)
            .map(c -> declared(c.name(), c.type().ddl()))
            .collect(Collectors.joining(", ")));
  }

  /** The stage table as row rules see it: clear values, dropped columns too. */
  Dataset<Row> clear() {
    return empty(
        contract.stage().columns().stream()
            .map(c -> declared(c.name(), c.source().type().ddl()))
            .collect(Collectors.joining(", ")));
  }

  Dataset<Row> product(Product product) {
    return empty(
        product.columns().stream()
            .map(c -> declared(c.name(), c.type().ddl()))
            .collect(Collectors.joining(", ")));
  }

  /** What the SQL of a product may read, by contract name. */
  Map<String, Dataset<Row>> inputs(Product product) {
    Map<String, Dataset<Row>> all = references();
    all.put(contract.stage().name(), stage());
    all.keySet()
        .retainAll(product.inputs().stream().map(Product.Input::table).collect(Collectors.toSet()));
    for (Product.Input input : product.inputs()) {
      input.neighbour().ifPresent(other -> all.put(input.table(), stage(other.stage())));
    }
    return all;
  }

  /** The key columns of reference data, which is all that what they affect may depend on. */
  Dataset<Row> key(ReferenceTable reference) {
    return empty(
        reference.columns().stream()
            .filter(c -> reference.key().contains(c.name()))
            .map(c -> declared(c.name(), c.type().ddl()))
            .collect(Collectors.joining(", ")));
  }

  /** What set rules of the stage table may read. */
  Map<String, Dataset<Row>> besideStage() {
    Map<String, Dataset<Row>> all = references();
    all.put(contract.stage().name(), stage());
    all.put(QUARANTINE, empty(QUARANTINE_SCHEMA));
    return all;
  }

  private Map<String, Dataset<Row>> references() {
    Map<String, Dataset<Row>> all = new HashMap<>();
    for (ReferenceTable reference : contract.references()) {
      all.put(
          reference.name(),
          empty(
              reference.columns().stream()
                  .map(c -> declared(c.name(), c.type().ddl()))
                  .collect(Collectors.joining(", "))));
    }
    return all;
  }

  private static String declared(String name, String ddl) {
    return "`" + name + "` " + ddl;
  }

  private Dataset<Row> empty(String ddl) {
    StructType schema = ddl.isEmpty() ? new StructType() : StructType.fromDDL(ddl);
    return spark.createDataFrame(List.<Row>of(), schema);
  }
}
