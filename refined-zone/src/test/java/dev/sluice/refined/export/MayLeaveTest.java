package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.refined.export.fixture.AProduct;
import dev.sluice.refined.export.fixture.RefinedTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lint would have said, of contracts that nobody linted. */
class MayLeaveTest {
  private static final String CELLS =
      "SELECT day, max(seen) AS most, count(DISTINCT watcher) AS watchers FROM sightings s"
          + " GROUP BY day";

  private final RefinedTable table = RefinedTable.of(cells(CELLS));

  @Test
  void cellsOfCountedSubjectsMayLeave() {
    assertThat(allowed(CELLS).columns()).hasSize(2);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      max(seen) | (SELECT max(length(watcher)) FROM sightings) | a token into the exported column most
      max(seen) | max((SELECT xxhash64(s.watcher))) | a token into the exported column most
      max(seen) | cast(max(length(place)) AS bigint) | single values of quasi
      count(DISTINCT watcher) | count(*) | must give the contributors column watchers
      """)
  void whatTheSqlDoesIsLookedAtAtRunTimeToo(String good, String bad, String message) {
    assertThatThrownBy(() -> allowed(CELLS.replace(good, bad)))
        .isInstanceOf(ExportRefused.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      FROM sightings s | FROM parquet.`/etc/passwd` s | does more than it may: the SQL reads parquet
      max(seen) | max(glimpsed) | cannot be analysed: [UNRESOLVED_COLUMN
      GROUP BY day | GROUP BY day day | cannot be analysed:
      """)
  void sqlThatNoLongerAnalysesIsAFaultOfTheContract(String good, String bad, String message) {
    assertThatThrownBy(() -> allowed(CELLS.replace(good, bad)))
        .isInstanceOfSatisfying(
            ExportRefused.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.SETUP))
        .hasMessageContaining(message);
  }

  private AllowedColumns allowed(String sql) {
    RefinedTable other = table.with(cells(sql));
    return new MayLeave(other.lake(), other.contract(), other.tenant(), other.product())
        .of(other.product().export().orElseThrow(), other.lake().table(other.name()));
  }

  private static AProduct cells(String sql) {
    return AProduct.cells("cells", sql)
        .leaves("day", Simple.DATE, Classification.QUASI)
        .leaves("most", Simple.BIGINT, Classification.OPEN);
  }
}
