package dev.sluice.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.publishing.fixture.CommitHooks;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandKafkaInRawTest {
  @TempDir Path checkpoints;

  @Test
  void bytesLandExactlyAsTheyWereSent() {
    byte[] broken = {(byte) 0xff, (byte) 0xc3, 0x28, 0};
    byte[] large = new byte[1 << 20];
    IntStream.range(0, large.length).forEach(i -> large[i] = (byte) (i * 31));
    try (Landing landing = Landing.of("rzbytes", 1)) {
      ProducerRecord<byte[], byte[]> withHeaders =
          new ProducerRecord<>("rzbytes.readings", 0, 1_700_000_000_123L, broken, broken);
      withHeaders.headers().add("a", broken).add("a", null).add("", new byte[0]);
      landing
          .topic()
          .send(
              List.of(
                  withHeaders,
                  landing.topic().record(0, null, null),
                  landing.topic().record(0, new byte[0], new byte[0]),
                  landing.topic().record(0, null, large)));

      JobOutcome outcome = landing.run();

      assertThat(rows(outcome)).isEqualTo(4);
      List<Row> rows = landing.rows();
      Row first = rows.get(0);
      assertThat((byte[]) first.getAs("key")).isEqualTo(broken);
      assertThat((byte[]) first.getAs("value")).isEqualTo(broken);
      assertThat(((java.sql.Timestamp) first.getAs("source_time")).getTime())
          .isEqualTo(1_700_000_000_123L);
      assertThat(first.<String>getAs("lane")).isEqualTo(landing.lane(0).name());
      assertThat(first.<Long>getAs("sequence")).isZero();
      assertThat(first.<Long>getAs("_edition")).isEqualTo(1);
      List<Row> headers = first.getList(first.fieldIndex("headers"));
      assertThat(headers).extracting(h -> h.getString(0)).containsExactly("a", "a", "");
      assertThat((byte[]) headers.get(0).get(1)).isEqualTo(broken);
      assertThat(headers.get(1).isNullAt(1)).isTrue();
      assertThat((byte[]) headers.get(2).get(1)).isEmpty();
      assertThat(rows.get(1).isNullAt(rows.get(1).fieldIndex("value"))).isTrue();
      assertThat(rows.get(1).isNullAt(rows.get(1).fieldIndex("key"))).isTrue();
      assertThat((byte[]) rows.get(2).getAs("value")).isEmpty();
      assertThat((byte[]) rows.get(2).getAs("key")).isEmpty();
      assertThat((byte[]) rows.get(3).getAs("value")).isEqualTo(large);
    }
  }

  @Test
  void aRunOpensNoCatalogOfItsOwn() {
    try (Landing landing = Landing.of("rzcatalog", 1)) {
      landing.topic().send(0, "a");
      landing.run();
      int opened = CommitHooks.catalogsOpened();
      landing.topic().send(0, "b");

      assertThat(rows(landing.run())).isEqualTo(1);

      assertThat(CommitHooks.catalogsOpened()).isEqualTo(opened);
    }
  }

  @Test
  void aSecondRunHasNothingToDoAndChangesNothing() {
    try (Landing landing = Landing.of("rzrerun", 2)) {
      landing.topic().send(0, "a", "b");
      landing.topic().send(1, "c");
      landing.run();
      var head = landing.head();

      assertThat(landing.run()).isInstanceOf(JobOutcome.NothingToDo.class);

      assertThat(landing.head()).isEqualTo(head);
      assertThat(landing.values()).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(landing.job().plan().nothingToDo()).isTrue();
    }
  }

  @Test
  void theNextRunGoesOnWhereTheHeadStandsAndLeavesNoCheckpoint() throws Exception {
    try (Landing landing = Landing.of("rznext", 2).checkpointsIn(checkpoints)) {
      landing.topic().send(0, "a", "b");
      landing.run();
      landing.topic().send(0, "c");
      landing.topic().send(1, "d");

      assertThat(landing.job().plan().lines().get(0)).contains("2 offsets on 2 lanes");
      assertThat(rows(landing.run())).isEqualTo(2);

      assertThat(landing.values()).containsExactlyInAnyOrder("a", "b", "c", "d");
      assertThat(landing.head().edition()).isEqualTo(2);
      assertThat(landing.head().lanes().at(landing.lane(0))).isEqualTo(3);
      try (var left = Files.list(checkpoints)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void batchesAreBoundedAndEachIsAnEdition() {
    try (Landing landing = Landing.of("rzbound", 2).inBatchesOf(4)) {
      landing.topic().send(0, "a", "b", "c", "d", "e");
      landing.topic().send(1, "f", "g", "h", "i", "j");

      JobOutcome outcome = landing.run();

      assertThat(rows(outcome)).isEqualTo(10);
      assertThat(landing.head().edition()).isEqualTo(3);
      assertThat(landing.values()).hasSize(10);
    }
  }

  @Test
  void newPartitionsStartAtTheirEarliest() {
    try (Landing landing = Landing.of("rzgrow", 1)) {
      landing.topic().send(0, "a");
      landing.run();
      landing.topic().grow(3);
      landing.topic().send(2, "b", "c");

      assertThat(rows(landing.run())).isEqualTo(2);

      assertThat(landing.head().lanes().at(landing.lane(2))).isEqualTo(2);
    }
  }

  @Test
  void anOldTopicIsTakenFromWhatItsBrokerStillHolds() {
    try (Landing landing = Landing.of("rzold", 2)) {
      landing.topic().send(0, "a", "b", "c");
      landing.topic().send(1, "d", "e");
      landing.topic().expire(0, 2);
      landing.topic().expire(1, 2);

      assertThat(landing.job().plan().lines())
          .contains("lane " + landing.lane(0) + " began at 2; 0 to 1 were already gone");
      JobOutcome outcome = landing.run();
      assertThat(rows(outcome)).isEqualTo(1);
      assertThat(((JobOutcome.Done) outcome).figures().notes()).containsEntry("alreadyGone", 4L);
      assertThat(landing.run()).isInstanceOf(JobOutcome.NothingToDo.class);

      assertThat(landing.values()).containsExactly("c");
      assertThat(landing.head().lanes().at(landing.lane(1))).isEqualTo(2);
    }
  }

  @Test
  void abortedMessagesStayOutAndMarkersAreNoLoss() {
    try (Landing landing = Landing.of("rztx", 1)) {
      Map<String, Object> settings = Map.of("transactional.id", "rztx");
      try (var producer = landing.topic().producer(settings)) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(landing.topic().record(0, null, "kept".getBytes(UTF_8)));
        producer.commitTransaction();
        producer.beginTransaction();
        producer.send(landing.topic().record(0, null, "aborted".getBytes(UTF_8)));
        producer.flush();
        producer.abortTransaction();
      }

      assertThat(rows(landing.run())).isEqualTo(1);
      assertThat(landing.head().lanes().at(landing.lane(0))).isEqualTo(4);
      assertThat(landing.run()).isInstanceOf(JobOutcome.NothingToDo.class);

      landing.topic().send(0, "after");
      assertThat(rows(landing.run())).isEqualTo(1);
      assertThat(landing.values()).containsExactlyInAnyOrder("kept", "after");
    }
  }

  @Test
  void whatAnOpenTransactionHoldsIsWaitedFor() {
    try (Landing landing = Landing.of("rzopen", 1)) {
      landing.topic().send(0, "before");
      Map<String, Object> settings = Map.of("transactional.id", "rzopen");
      try (var producer = landing.topic().producer(settings)) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(landing.topic().record(0, null, "inside".getBytes(UTF_8)));
        producer.flush();
        landing.topic().send(0, "after");

        assertThat(rows(landing.run())).isEqualTo(1);
        assertThat(landing.head().lanes().at(landing.lane(0))).isEqualTo(1);
        assertThat(landing.run()).isInstanceOf(JobOutcome.NothingToDo.class);
        producer.commitTransaction();
      }

      assertThat(rows(landing.run())).isEqualTo(2);
      assertThat(landing.values()).containsExactly("before", "inside", "after");
    }
  }

  @Test
  void aBatchOfMarkersOnlyMovesTheHead() {
    try (Landing landing = Landing.of("rzmarkers", 1)) {
      Map<String, Object> settings = Map.of("transactional.id", "rzmarkers");
      try (var producer = landing.topic().producer(settings)) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(landing.topic().record(0, null, "aborted".getBytes(UTF_8)));
        producer.flush();
        producer.abortTransaction();
      }
      try (var next = landing.topic().producer(settings)) {
        next.initTransactions(); // waits until the marker is written, which an abort does not
      }

      assertThat(rows(landing.run())).isZero();
      assertThat(landing.head().lanes().at(landing.lane(0))).isEqualTo(2);
      assertThat(landing.run()).isInstanceOf(JobOutcome.NothingToDo.class);
    }
  }

  @Test
  void aMissingTopicIsToldByNameAndCluster() {
    Landing landing = Landing.withoutTopic("rzmissing");

    assertThat(landing.run())
        .isInstanceOfSatisfying(
            JobOutcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.SETUP);
              assertThat(failed.what())
                  .contains("rzmissing.readings", "local", KafkaProcess.source().bootstrap());
            });
  }

  @Test
  void aMissingBrokerIsToldWithItsAddressAndSetting() throws Exception {
    int nobodysPort;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobodysPort = socket.getLocalPort();
    }
    KafkaSource nobody =
        new KafkaSource(
            "local",
            "127.0.0.1:" + nobodysPort,
            Map.of("default.api.timeout.ms", "2000", "request.timeout.ms", "1000"));

    assertThat(Landing.withoutTopic("rznobroker").from(nobody).run())
        .isInstanceOfSatisfying(
            JobOutcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.TRANSIENT);
              assertThat(failed.what()).contains("127.0.0.1:" + nobodysPort, "kafka.bootstrap");
            });
  }

  static long rows(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    JobOutcome.Done done = (JobOutcome.Done) outcome;
    assertThat(done.figures().balances()).isTrue();
    return done.figures().published();
  }
}
