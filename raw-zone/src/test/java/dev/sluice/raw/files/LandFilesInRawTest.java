package dev.sluice.raw.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.sluice.catalog.contract.CsvForm;
import dev.sluice.catalog.contract.DropFolder.FileFormat;
import dev.sluice.catalog.publishing.fixture.CommitHooks;
import dev.sluice.catalog.run.JobOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandFilesInRawTest {
  @TempDir private Path folder;

  @Test
  void recordsLandAsTheyAreWithAPlaceOfTheirOwnAndTheirFile() {
    Drop drop = Drop.of(folder.resolve("in box"), "lfplain", FileFormat.NDJSON);
    drop.file("b.jsonl", "{\"x\":1}\n\n not json\r\n{\"x\":2}");
    drop.file("2024/a.jsonl", "{}\n".getBytes(UTF_8), Drop.LONG_AGO.plusSeconds(1));

    JobOutcome outcome = drop.run();

    assertThat(figures(outcome)).containsEntry("files", 2L).containsEntry("commits", 1L);
    assertThat(drop.values()).containsExactly("{\"x\":1}", " not json\r", "{\"x\":2}", "{}");
    assertThat(drop.places()).containsExactly(1L, 2L, 3L, 10_000_000_001L);
    assertThat(drop.rows().get(0).<Timestamp>getAs("source_time").toInstant())
        .isEqualTo(Drop.LONG_AGO);
    assertThat(drop.rows().get(0).<String>getAs("lane")).isEqualTo("drop/readings");
    assertThat(Drop.fileOf(drop.rows().get(0)))
        .contains("\"format\":\"ndjson\"", "\"sha256\":\"", "\"size\":27")
        .doesNotContain("b.jsonl");
    assertThat(drop.files()).isEqualTo(2);
    assertThat(drop.head().edition()).isEqualTo(1);
  }

  @Test
  void whatHasLandedIsNotLandedAgainWhateverItsName() throws IOException {
    Drop drop = Drop.of(folder, "lfagain", FileFormat.NDJSON);
    Path first = drop.file("first.jsonl", "1\n2\n");
    drop.run();

    assertThat(drop.run()).isInstanceOf(JobOutcome.NothingToDo.class);
    Files.move(first, folder.resolve("renamed.jsonl"));
    drop.file("copy.jsonl", "1\n2\n");
    assertThat(drop.run())
        .isInstanceOfSatisfying(
            JobOutcome.NothingToDo.class, n -> assertThat(n.why()).contains("2 files are copies"));
    drop.file("other.jsonl", "3\n");
    drop.file("other copy.jsonl", "3\n");
    assertThat(figures(drop.run())).containsEntry("files", 1L).containsEntry("copies", 1L);

    assertThat(drop.values()).containsExactly("1", "2", "3");
    assertThat(drop.run()).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void aFileThatStillChangesWaitsAndHoldsNothingUp() {
    Drop drop = Drop.of(folder, "lfyoung", FileFormat.NDJSON);
    drop.file("old.jsonl", "old\n");
    drop.file("quiet.jsonl", "quiet\n".getBytes(UTF_8), Instant.now());
    drop.file("growing.jsonl", "gro".getBytes(UTF_8), Instant.now());
    for (String name : List.of("_SUCCESS", ".hidden", "x.tmp", "y.inprogress", "z.csv._COPYING_")) {
      drop.file(name, "never\n");
    }
    drop.whilePaused(() -> drop.file("growing.jsonl", "growing\n".getBytes(UTF_8), Instant.now()));

    assertThat(figures(drop.run())).containsEntry("files", 2L).containsEntry("waiting", 1L);
    assertThat(drop.values()).containsExactlyInAnyOrder("old", "quiet");

    drop.whilePaused(() -> {});
    drop.run();
    assertThat(drop.values()).containsExactlyInAnyOrder("old", "quiet", "growing");
  }

  @Test
  void whatCannotBeReadIsSetAsideWithItsReasonAndStopsNothing() throws IOException {
    Drop drop = Drop.of(folder, "lfaside", FileFormat.CSV);
    byte[] whole = gzip("reading_oid,read_at\n1,2024-01-01T00:00:00Z\n");
    drop.file("good.csv.gz", whole, Drop.LONG_AGO);
    drop.file("cut.csv.gz", Arrays.copyOf(whole, whole.length - 12), Drop.LONG_AGO);
    drop.file("none.csv.gz", new byte[0], Drop.LONG_AGO);
    drop.file("empty.csv.gz", gzip(""), Drop.LONG_AGO);
    drop.file("header only.csv", "reading_oid,read_at\n");
    drop.file("named only.csv.gz", "reading_oid\n1\n");
    drop.file("picture.csv", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2}, Drop.LONG_AGO);
    drop.file("strange.csv", "a;b\n1;2\n");
    drop.file(
        "wide.csv",
        "\ufeffreading_oid\n1\n".getBytes(java.nio.charset.StandardCharsets.UTF_16LE),
        Drop.LONG_AGO);
    drop.file("open.csv", "reading_oid,read_at\n1,\"2024\n2,2025\n");
    byte[] zstd = Zstd.compress("reading_oid\n7\n".repeat(9000).getBytes(UTF_8));
    drop.file("cut.csv.zst", Arrays.copyOf(zstd, zstd.length - 6), Drop.LONG_AGO);
    byte[] large = new byte[(16 << 20) + 100];
    Arrays.fill(large, (byte) 'x');
    System.arraycopy("reading_oid\n".getBytes(UTF_8), 0, large, 0, 12);
    drop.file("large.csv", large, Drop.LONG_AGO);

    JobOutcome outcome = drop.run();

    assertThat(drop.values()).containsExactly("1,2024-01-01T00:00:00Z");
    assertThat(drop.index.aside(drop.table()))
        .isEqualTo(
            Map.of(
                Aside.TRUNCATED, 2L,
                Aside.EMPTY, 3L,
                Aside.NOT_THE_FORMAT, 1L,
                Aside.NOT_UTF8, 2L,
                Aside.BAD_HEADER, 1L,
                Aside.OPEN_QUOTE, 1L,
                Aside.RECORD_TOO_LARGE, 1L));
    assertThat(figures(outcome)).containsEntry("aside.truncated", 2L);
    assertThat(drop.run()).isInstanceOf(JobOutcome.NothingToDo.class);

    drop.file("cut.csv.gz", gzip("reading_oid,read_at\n2,2024\n"), Drop.LONG_AGO.plusSeconds(9));
    drop.run();
    assertThat(drop.values()).containsExactly("1,2024-01-01T00:00:00Z", "2,2024");
  }

  @Test
  void csvIsCutOutsideQuotesAndKeepsItsHeaderWithEachRow() {
    CsvForm form = new CsvForm(';', '\'', true, List.of(), List.of(""));
    Drop drop = Drop.of(folder, "lfcsv", FileFormat.CSV, form, 1000);
    drop.file("a.csv", "\ufeffreading_oid;note\r\n1;'two\nlines; and ''quotes'''\r\n2;it's\n");
    drop.file("b.csv.zst", Zstd.compress("note;reading_oid\nx;3\n".getBytes(UTF_8)), Drop.LONG_AGO);

    drop.run();

    assertThat(drop.values()).containsExactly("1;'two\nlines; and ''quotes'''\r", "2;it's", "x;3");
    assertThat(Drop.fileOf(drop.rows().get(0)))
        .contains("\"header\":\"reading_oid;note\\r\"", "\"delimiter\":\";\"");
    assertThat(Drop.fileOf(drop.rows().get(2))).contains("\"header\":\"note;reading_oid\"");
  }

  @Test
  void manyFilesLandInFewCommitsAndNoneIsDivided() {
    Drop drop = Drop.of(folder, "lfmany", FileFormat.NDJSON, CsvForm.USUAL, 25);
    for (int i = 0; i < 10; i++) {
      drop.file("f" + i + ".jsonl", ("{\"f\":" + i + "}\n").repeat(10));
    }

    assertThat(figures(drop.run())).containsEntry("files", 10L).containsEntry("commits", 5L);

    assertThat(drop.rows()).hasSize(100);
    assertThat(drop.files()).isEqualTo(10);
    assertThat(drop.places()).doesNotHaveDuplicates();
  }

  @Test
  void aCrashBeforeTheCommitLosesNothingAndOneAfterItLandsNothingTwice() {
    Drop drop = Drop.of(folder, "lfcrash", FileFormat.NDJSON);
    drop.file("a.jsonl", "1\n2\n");
    drop.run();
    drop.file("b.jsonl", "3\n");

    CommitHooks.beforeNextSwap(drop.table(), CommitHooks.crash());
    assertThatThrownBy(drop::run).hasStackTraceContaining("crashed by the test");
    assertThat(drop.values()).containsExactly("1", "2");

    CommitHooks.afterNextSwap(drop.table(), CommitHooks.crash());
    assertThatThrownBy(drop::run).hasStackTraceContaining("crashed by the test");
    assertThat(drop.index.reach(drop.table()).files()).isEqualTo(1);

    assertThat(drop.run()).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(drop.values()).containsExactly("1", "2", "3");
    assertThat(drop.index.reach(drop.table()).files()).isEqualTo(2);
  }

  @Test
  void aFileThatChangesBetweenItsLookAndItsLandingWaitsAndTheOthersLand() {
    Drop drop = Drop.of(folder, "lfbetween", FileFormat.NDJSON);
    drop.file("a.jsonl", "1\n");
    drop.file("copy.jsonl", "1\n".getBytes(UTF_8), Drop.LONG_AGO.plusSeconds(1));
    Path gone = drop.file("b.jsonl", "2\n");
    drop.file("c.jsonl", "3\n");
    drop.beforeItLands(
        () -> {
          drop.file("a.jsonl", "one\n".getBytes(UTF_8), Drop.LONG_AGO.plusSeconds(2));
          assertThat(gone.toFile().delete()).isTrue();
        });

    assertThat(figures(drop.run())).containsEntry("files", 1L).containsEntry("waiting", 3L);
    assertThat(drop.values()).containsExactly("3");

    drop.run();
    assertThat(drop.values()).containsExactly("3", "1", "one");
    assertThat(drop.files()).isEqualTo(3);
  }

  @Test
  void aCommitIsMadeInATurnOfItsOwn() {
    Drop drop = Drop.of(folder, "lfturns", FileFormat.NDJSON);
    drop.file("a.jsonl", "1\n");
    List<Long> editions = new ArrayList<>();
    drop.takingTurns(
        table -> {
          editions.add(drop.head().edition());
          return () -> editions.add(drop.head().edition());
        });

    drop.run();

    assertThat(editions).containsExactly(0L, 1L);
  }

  @Test
  void anIndexThatIsLostIsMadeFromRawAgain() {
    Drop drop = Drop.of(folder, "lflost", FileFormat.NDJSON);
    drop.file("a.jsonl", "1\n");
    drop.file("b.jsonl", "2\n");
    drop.run();

    Drop lost = drop.withoutIndex();
    drop.file("c.jsonl", "1\n");

    assertThat(lost.run()).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(drop.values()).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void ofTwoInstancesAtOnceOneLandsTheFile() throws Exception {
    Drop drop = Drop.of(folder, "lftwo", FileFormat.NDJSON);
    drop.file("a.jsonl", "1\n2\n");
    CyclicBarrier bothAgreed = new CyclicBarrier(2);
    CommitHooks.beforeNextSwaps(2, drop.table(), () -> await(bothAgreed));

    CompletableFuture<JobOutcome> one = CompletableFuture.supplyAsync(drop::run);
    CompletableFuture<JobOutcome> two = CompletableFuture.supplyAsync(drop::run);
    List<JobOutcome> both = List.of(one.get(600, TimeUnit.SECONDS), two.get(120, TimeUnit.SECONDS));

    assertThat(drop.values()).containsExactly("1", "2");
    assertThat(both).hasAtLeastOneElementOfType(JobOutcome.Done.class);
    assertThat(both).hasAtLeastOneElementOfType(JobOutcome.Busy.class);
    assertThat(drop.run()).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void aPlanTellsFileByFileAndLandsNothing() {
    Drop drop = Drop.of(folder, "lfplan", FileFormat.NDJSON);
    drop.run();
    drop.file("good.jsonl", "1\n2\n");
    drop.file("empty.jsonl", "");
    drop.file("mail anna@example.org.jsonl", "3\n".getBytes(UTF_8), Instant.now());

    assertThat(drop.job().plan().lines())
        .anyMatch(line -> line.contains("1 files with 2 records"))
        .contains("file 0: good.jsonl, 2 records", "set aside: empty.jsonl holds no record")
        .anyMatch(line -> line.startsWith("waits: mail [") && line.endsWith("just now"))
        .noneMatch(line -> line.contains("anna"));
    assertThat(drop.rows()).isEmpty();

    drop.run();
    assertThat(drop.job().plan().lines()).contains("set aside: empty.jsonl holds no record");
  }

  private static Map<String, Long> figures(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    return ((JobOutcome.Done) outcome).figures().notes();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(300, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
