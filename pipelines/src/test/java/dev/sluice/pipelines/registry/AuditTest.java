package dev.sluice.pipelines.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditTest {
  private Database database;
  private Audit audit;

  @BeforeEach
  void threeEntries() {
    database = TestPostgres.migrated();
    audit = new Audit(database);
    for (int i = 0; i < 3; i++) {
      audit.write("asha", "accept-loss", "city_raw.video_detections", "reason " + i);
    }
  }

  @Test
  void anUntouchedChainIsUnbroken() {
    assertThat(audit.isUnbroken()).isTrue();
  }

  @Test
  void writersAtTheSameTimeKeepOneChain() {
    IntStream.range(0, 20)
        .parallel()
        .forEach(i -> audit.write("mei", "accept-loss", "subject " + i, "at once"));

    assertThat(audit.isUnbroken()).isTrue();
  }

  @Test
  void entriesCannotBeChangedOrDeleted() {
    for (String change :
        List.of(
            "UPDATE sluice.audit SET detail = 'other' WHERE id = 2",
            "DELETE FROM sluice.audit",
            "TRUNCATE sluice.audit")) {
      assertThatThrownBy(() -> sql(change))
          .as(change)
          .hasMessageContaining("SQLSTATE P0001") // what the trigger raises
          .hasStackTraceContaining("append-only");
    }
  }

  @Test
  void aChangeByAnOwnerWhoSwitchesTheTriggerOffShows() {
    sql("ALTER TABLE sluice.audit DISABLE TRIGGER ALL");
    sql("UPDATE sluice.audit SET detail = 'other' WHERE id = 2");

    assertThat(audit.isUnbroken()).isFalse();
  }

  @Test
  void aMissingEntryShows() {
    sql("ALTER TABLE sluice.audit DISABLE TRIGGER ALL");
    sql("DELETE FROM sluice.audit WHERE id = 2");

    assertThat(audit.isUnbroken()).isFalse();
  }

  private void sql(String text) {
    database.inTransaction(
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.execute(text);
          }
        });
  }
}
