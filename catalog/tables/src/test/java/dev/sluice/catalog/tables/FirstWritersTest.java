package dev.sluice.catalog.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;

/** Writers that are a tenant's first at the same moment, each with a catalog of its own. */
class FirstWritersTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 25;

  private final DataContract contract = AContract.sightings();

  @Test
  void allGetTheOneTableOfANewNamespaceOnPostgres() throws Exception {
    List<ZoneTables> zones = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      zones.add(new ZoneTables(TestCatalogs.onPostgres()));
    }
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        TenantId tenant = new TenantId("first" + round);
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Future<UUID>> tables = new ArrayList<>();
        for (ZoneTables each : zones) {
          tables.add(
              threads.submit(
                  () -> {
                    start.await();
                    Table table = each.raw(contract, tenant);
                    return table.uuid();
                  }));
        }
        UUID one = tables.get(0).get();
        for (Future<UUID> table : tables) {
          assertThat(table.get()).isEqualTo(one);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
