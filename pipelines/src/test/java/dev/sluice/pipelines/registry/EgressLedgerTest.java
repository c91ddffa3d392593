package dev.sluice.pipelines.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.refined.export.EgressBudget.Reservation;
import dev.sluice.refined.export.EgressBudget.Reservation.Granted;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EgressLedgerTest {
  private static final String TABLE = "city_refined.detections";
  private static final LocalDate DAY = LocalDate.parse("2026-11-20");
  private EgressLedger ledger;

  @BeforeEach
  void anEmptyLedger() {
    ledger = new EgressLedger(TestPostgres.migrated());
  }

  @Test
  void whatFitsIsGrantedAndWhatDoesNotIsRefusedWithFigures() {
    assertThat(ledger.reserve(TABLE, DAY, 60, 100)).isInstanceOf(Granted.class);
    assertThat(ledger.reserve(TABLE, DAY, 41, 100)).isEqualTo(new Reservation.Refused(60, 100));
    assertThat(ledger.reserve(TABLE, DAY, 40, 100)).isInstanceOf(Granted.class);
  }

  @Test
  void daysAndTablesAreMeteredApart() {
    Reservation unused = ledger.reserve(TABLE, DAY, 100, 100);

    assertThat(ledger.reserve(TABLE, DAY.plusDays(1), 100, 100)).isInstanceOf(Granted.class);
    assertThat(ledger.reserve("city_refined.other", DAY, 100, 100)).isInstanceOf(Granted.class);
    assertThat(unused).isInstanceOf(Granted.class);
  }

  @Test
  void settlingReplacesWhatWasReserved() {
    Granted granted = (Granted) ledger.reserve(TABLE, DAY, 90, 100);

    ledger.settle(granted, 10);

    assertThat(ledger.reserve(TABLE, DAY, 90, 100)).isInstanceOf(Granted.class);
  }

  @Test
  void askersAtTheSameTimeNeverGetMoreThanTheLimit() {
    long granted =
        IntStream.range(0, 20)
            .parallel()
            .filter(i -> ledger.reserve(TABLE, DAY, 10, 100) instanceof Granted)
            .count();

    assertThat(granted).isEqualTo(10);
  }
}
