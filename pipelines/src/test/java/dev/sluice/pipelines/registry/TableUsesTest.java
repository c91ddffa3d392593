package dev.sluice.pipelines.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.registry.TableUses.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableUsesTest {
  private static final String TABLE = "city_refined.detections";
  private static final Instant MONDAY = Instant.parse("2026-11-16T10:00:00Z");
  private static final Instant FRIDAY = Instant.parse("2026-11-20T10:00:00Z");

  private Database database;
  private TableUses uses;

  @BeforeEach
  void noUses() {
    database = TestPostgres.migrated();
    uses = new TableUses(database, "ana");
  }

  @Test
  void nothingIsKnownOfATableThatNobodyMade() {
    assertThat(uses.unusedSince(TABLE)).isEmpty();
  }

  @Test
  void makingATableAgainIsNoUseOfIt() {
    uses.note(List.of(TABLE), Kind.REFINE, MONDAY);
    uses.note(List.of(TABLE), Kind.REFINE, FRIDAY);

    assertThat(uses.unusedSince(TABLE)).contains(MONDAY);
  }

  @Test
  void theLastUseCounts() {
    uses.note(List.of(TABLE), Kind.REFINE, MONDAY);
    uses.note(List.of(TABLE, "city_refined.other"), Kind.QUERY, FRIDAY);
    uses.note(List.of(TABLE), Kind.EXPORT, MONDAY);

    assertThat(uses.unusedSince(TABLE)).contains(FRIDAY);
    assertThat(uses.unusedSince("city_refined.other")).contains(FRIDAY);
  }

  @Test
  void usesOfADayShareARow() {
    uses.note(List.of(TABLE), Kind.QUERY, MONDAY);
    uses.note(List.of(TABLE), Kind.QUERY, MONDAY.plusSeconds(60));
    uses.note(List.of(TABLE), Kind.QUERY, FRIDAY);

    List<Long> times =
        database.inTransaction(
            connection -> {
              try (var rows =
                  connection
                      .createStatement()
                      .executeQuery("SELECT times FROM sluice.table_use ORDER BY day")) {
                List<Long> found = new java.util.ArrayList<>();
                while (rows.next()) {
                  found.add(rows.getLong(1));
                }
                return found;
              }
            });
    assertThat(times).containsExactly(2L, 1L);
  }
}
