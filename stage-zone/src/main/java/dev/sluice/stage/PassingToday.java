package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.EventPeriod;
import dev.sluice.catalog.privacy.WrappedKeyset;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which rows that wait would pass under the contract of today, by the period of their event time.
 * Nothing but their bytes tells that time, so they are decoded.
 */
final class PassingToday {
  private final Promoting promoting;
  private final WrappedKeyset keyset;

  PassingToday(Promoting promoting, WrappedKeyset keyset) {
    this.promoting = promoting;
    this.keyset = keyset;
  }

  /**
   * Their places.
   *
   * @param alsoJudgedToday whether rows count that today's version has judged already
   */
  SortedMap<EventPeriod, Places> byPeriod(boolean alsoJudgedToday) {
    DataContract contract = promoting.contract();
    Dataset<Row> waiting =
        new WaitingRows(promoting.lake(), contract, promoting.tenant()).all(Optional.empty());
    Places places =
        Places.of(
            (alsoJudgedToday
                    ? waiting
                    : waiting.where(col("contract_version").notEqual(contract.version())))
                .select("lane", "sequence", "raw_edition"));
    Dataset<Row> passing =
        ConformRows.of(promoting.rawRows(places), contract, keyset)
            .where(col(Columns.REASON).isNull())
            .select(Columns.LANE, Columns.SEQUENCE, Columns.RAW_EDITION, Columns.AT);
    return Places.byPeriod(passing, EventPeriod.Length.of(contract.stage()));
  }
}
