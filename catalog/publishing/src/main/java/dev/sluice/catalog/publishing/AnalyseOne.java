package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.read.Fault;
import dev.sluice.catalog.contract.read.Place;
import dev.sluice.catalog.contract.read.Places;
import dev.sluice.catalog.contract.read.SqlText;
import dev.sluice.catalog.contract.read.UnkeyedHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Analyses one statement of a contract; what is wrong with it becomes a fault. What is no query has
 * one already and is left alone.
 */
record AnalyseOne(Lake lake, Places places, List<Fault> faults) {
  /**
   * The analysed rows; empty when there are none, with a fault.
   *
   * @param part the statement's path in {@link Places}
   */
  Optional<Dataset<Row>> query(
      String part, String sql, Map<String, Dataset<Row>> views, Map<String, Object> parameters) {
    if (!SqlText.isQuery(sql)) {
      return Optional.empty();
    }
    Place place = places.of(part);
    Dataset<Row> rows;
    try {
      rows = ContractSql.query(lake, views, sql, parameters);
    } catch (RefusedSql e) {
      faults.add(at(place, e.line()).fault(e.what()));
      return Optional.empty();
    } catch (Exception e) {
      // Spark throws its checked AnalysisException through Scala code that does not declare it.
      if (!(e instanceof SparkThrowable)) {
        throw e;
      }
      faults.add(at(place, line(e)).fault("the SQL does not analyse: " + message(e)));
      return Optional.empty();
    }
    List<String> others = PlanParts.sourcesBeside(rows);
    if (!others.isEmpty()) {
      faults.add(
          place.fault(
              "the SQL reads "
                  + String.join(", ", others)
                  + "; it may read its inputs only, by their contract names"));
    }
    for (Expression hash : PlanParts.unkeyedHashes(rows)) {
      int line = hash.origin().line().isDefined() ? (Integer) hash.origin().line().get() : 1;
      faults.add(at(place, line).fault(UnkeyedHash.message(hash.prettyName())));
    }
    if (!PlanParts.isRepeatable(rows)) {
      faults.add(
          place.fault(
              "the SQL gives another result each time (random values, the time of day); a"
                  + " recomputation must give the same rows"));
    }
    return Optional.of(rows);
  }

  /** A line of a file of its own; what stands in the contract is found at its key. */
  private static Place at(Place place, int line) {
    return place.file().endsWith(".sql") ? place.below(line - 1) : place;
  }

  private static int line(Exception e) {
    return e instanceof AnalysisException analysis && analysis.line().isDefined()
        ? (Integer) analysis.line().get()
        : 1;
  }

  private static String message(Exception e) {
    String text =
        e instanceof AnalysisException analysis
            ? analysis.getSimpleMessage()
            : String.valueOf(e.getMessage());
    return text.strip().split("\n", 2)[0].strip();
  }
}
