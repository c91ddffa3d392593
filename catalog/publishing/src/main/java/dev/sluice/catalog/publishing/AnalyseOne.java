package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.read.Fault;
import dev.sluice.catalog.contract.read.Place;
import dev.sluice.catalog.contract.read.Places;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Analyses one statement of a contract; what is wrong with it becomes a fault. */
record AnalyseOne(Lake lake, Places places, List<Fault> faults) {
  /**
   * The analysed rows; empty when there are none, with a fault.
   *
   * @param part the statement's path in {@link Places}
   */
  Optional<Dataset<Row>> query(
      String part, String sql, Map<String, Dataset<Row>> views, Map<String, Object> parameters) {
    Place place = places.of(part);
    Dataset<Row> rows;
    try {
      rows = ContractSql.query(lake, views, sql, parameters);
    } catch (Exception e) {
      // Spark throws its checked AnalysisException through Scala code that does not declare it.
      if (!(e instanceof AnalysisException analysis)) {
        throw e;
      }
      boolean ownFile = place.file().endsWith(".sql");
      faults.add(place.below(ownFile ? line(analysis) - 1 : 0).fault(message(analysis)));
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
    if (!PlanParts.isRepeatable(rows)) {
      faults.add(
          place.fault(
              "the SQL gives another result each time (random values, the time of day); a"
                  + " recomputation must give the same rows"));
    }
    return Optional.of(rows);
  }

  private static int line(AnalysisException e) {
    return e.line().isDefined() ? (Integer) e.line().get() : 1;
  }

  private static String message(AnalysisException e) {
    String text = e.getSimpleMessage();
    int end = text.indexOf('\n');
    return "the SQL does not analyse: " + (end < 0 ? text : text.substring(0, end)).strip();
  }
}
