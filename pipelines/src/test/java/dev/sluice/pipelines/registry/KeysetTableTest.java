package dev.sluice.pipelines.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.privacy.KeyPurpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeysetTableTest {
  private static final TenantId CITY = new TenantId("city");
  private Database database;
  private KeysetTable table;

  @BeforeEach
  void aRegistry() {
    database = TestPostgres.migrated();
    table = new KeysetTable(database);
  }

  @Test
  void theFirstKeysetsOfATenantAreKept() {
    assertThat(table.find(CITY, 1)).isEmpty();

    assertThat(table.keepFirst(CITY, 1, keysets("one"), "kek")).isEqualTo(keysets("one"));

    assertThat(table.keepFirst(CITY, 1, keysets("two"), "kek")).isEqualTo(keysets("one"));
    assertThat(table.find(CITY, 1)).contains(keysets("one"));
    assertThat(table.find(CITY, 2)).isEmpty();
    assertThat(table.find(new TenantId("airports"), 1)).isEmpty();
  }

  @Test
  void racersAgree() throws Exception {
    ExecutorService racers = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Map<KeyPurpose, String>>> races = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Map<KeyPurpose, String> own = keysets("racer " + i);
        races.add(() -> table.keepFirst(CITY, 1, own, "kek"));
      }
      for (Future<Map<KeyPurpose, String>> race : racers.invokeAll(races)) {
        assertThat(table.find(CITY, 1)).contains(race.get());
      }
    } finally {
      racers.shutdownNow();
    }
  }

  @Test
  void lostKeysetsAreNotReplacedByNewOnes() {
    table.keepFirst(CITY, 1, keysets("one"), "kek");
    database.inTransaction(
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.execute("DELETE FROM sluice.keyset WHERE purpose = 'SEAL'");
          }
        });

    assertThatThrownBy(() -> table.find(CITY, 1)).hasMessageContaining("backup");
  }

  private static Map<KeyPurpose, String> keysets(String mark) {
    return Map.of(
        KeyPurpose.TOKEN, mark + " t", KeyPurpose.PSEUDONYM, mark + " p", KeyPurpose.SEAL, mark);
  }
}
