package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.position.Lane;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two writers that take the same interval at the same moment, each with a catalog of its own. */
class TwoWritersTest {
  @Test
  void haveExactlyOneWinnerInEachOfAHundredRoundsOnPostgres() throws Exception {
    race(TestCatalogs.onPostgres(), TestCatalogs.onPostgres(), 100);
  }

  @Test
  void haveExactlyOneWinnerOnSqlite(@TempDir Path directory) throws Exception {
    race(TestCatalogs.onSqlite(directory), TestCatalogs.onSqlite(directory), 10);
  }

  @Test
  void haveOneWinnerWhenTheyPublishBranchesWhileOthersCommit() throws Exception {
    GuardedCatalog one = TestCatalogs.onPostgres();
    GuardedCatalog two = TestCatalogs.onPostgres();
    String name = "race.t" + System.nanoTime();
    SparkLikeWriter.table(one, name, true);
    List<Refused> refusals = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 15; round++) {
        AStamp stamp = AStamp.ofEdition(round + 1).taking(CAMERA, round, round + 1);
        CyclicBarrier start = new CyclicBarrier(3);
        Future<Object> first = threads.submit(publisher(one, name, stamp.branch("a"), start));
        Future<Object> second = threads.submit(publisher(two, name, stamp.branch("b"), start));
        threads.submit(bystander(two, name, round, start)).get();
        for (Object outcome : List.of(first.get(), second.get())) {
          if (outcome instanceof Refused refused) {
            refusals.add(refused);
          }
        }
        assertThat(refusals).hasSize(round + 1);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(refusals)
        .extracting(Refused::why)
        .containsAnyOf(Refused.Why.ALREADY_TAKEN, Refused.Why.LANE_MOVED_ON)
        .isSubsetOf(Refused.Why.ALREADY_TAKEN, Refused.Why.LANE_MOVED_ON);
    assertThat(SparkLikeWriter.live(one, name)).hasSize(15);
    assertThat(SparkLikeWriter.audit(one, name).missing()).isEmpty();
    assertThat(Heads.of(one.loadTable(TableIdentifier.parse(name))).edition()).isEqualTo(15);
  }

  private static Callable<Object> publisher(
      GuardedCatalog catalog, String name, AStamp stamp, CyclicBarrier start) {
    return () -> {
      Table table = catalog.loadTable(TableIdentifier.parse(name));
      String branch = stamp.branch().orElseThrow();
      AuditBranches.create(table, branch);
      String file = SparkLikeWriter.append(table, stamp, branch);
      start.await();
      try {
        AuditBranches.publish(table, branch);
        return file;
      } catch (Refused refused) {
        return refused;
      }
    };
  }

  private static Callable<Object> bystander(
      GuardedCatalog catalog, String name, int round, CyclicBarrier start) {
    return () -> {
      Table table = catalog.loadTable(TableIdentifier.parse(name));
      start.await();
      table.updateProperties().set("note", "round " + round).commit();
      return round;
    };
  }

  private static void race(GuardedCatalog one, GuardedCatalog two, int rounds) throws Exception {
    String name = "race.t" + System.nanoTime();
    SparkLikeWriter.table(one, name, true);
    List<String> acknowledged = new ArrayList<>();
    List<Refused> refusals = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < rounds; round++) {
        AStamp stamp = AStamp.ofEdition(round + 1).taking(CAMERA, round * 10L, round * 10L + 10);
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Object> first = threads.submit(writer(one, name, stamp.run("a"), start));
        Future<Object> second = threads.submit(writer(two, name, stamp.run("b"), start));
        for (Object outcome : List.of(first.get(), second.get())) {
          if (outcome instanceof String file) {
            acknowledged.add(file);
          } else {
            refusals.add((Refused) outcome);
          }
        }
        assertThat(acknowledged).hasSize(round + 1);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(refusals).extracting(Refused::why).containsOnly(Refused.Why.ALREADY_TAKEN);
    assertThat(SparkLikeWriter.live(one, name)).containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(SparkLikeWriter.audit(one, name).missing()).isEmpty();
    Table table = one.loadTable(TableIdentifier.parse(name));
    assertThat(Heads.of(table).edition()).isEqualTo(rounds);
    assertThat(Heads.of(table).lanes().at(new Lane(CAMERA))).isEqualTo(rounds * 10L);
  }

  private static Callable<Object> writer(
      GuardedCatalog catalog, String name, AStamp stamp, CyclicBarrier start) {
    return () -> {
      Table table = catalog.loadTable(TableIdentifier.parse(name));
      start.await();
      try {
        return SparkLikeWriter.append(table, stamp);
      } catch (Refused refused) {
        return refused;
      }
    };
  }
}
