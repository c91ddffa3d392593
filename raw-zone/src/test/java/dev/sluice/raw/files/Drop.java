package dev.sluice.raw.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.catalog.contract.CsvForm;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.DropFolder;
import dev.sluice.catalog.contract.DropFolder.FileFormat;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.DropSequence;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.LocalLocation;
import dev.sluice.catalog.publishing.fixture.AContract;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.raw.Turns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Row;

/** A folder of files, the raw table they land in and the job over both, for a tenant of its own. */
final class Drop {
  static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

  final Path folder;
  final FileIndex index;
  private final DataContract contract;
  private Turns turns = Turns.NONE;
  private final LandingClock clock = new LandingClock();
  private final AtomicReference<Runnable> whilePaused = new AtomicReference<>(() -> {});

  private Drop(Path folder, FileIndex index, DataContract contract) {
    this.folder = folder;
    this.index = index;
    this.contract = contract;
  }

  static Drop of(Path folder, String tenant, FileFormat format) {
    return of(folder, tenant, format, CsvForm.USUAL, 1000);
  }

  static Drop of(Path folder, String tenant, FileFormat format, CsvForm csv, long rows) {
    DataContract usual = AContract.of(tenant).contract();
    DataContract contract =
        new DataContract(
            usual.id(),
            usual.version(),
            usual.tenants(),
            new DataContract.Source(
                Optional.empty(),
                DataContract.Format.JSON,
                rows,
                20,
                1_000_000,
                Optional.of(new DropFolder("/x/${TENANT}", format, csv, Duration.ofSeconds(5)))),
            usual.stage(),
            List.of(),
            List.of(),
            usual.owner(),
            "");
    return new Drop(folder, new InMemoryFileIndex(), contract);
  }

  /** The same folder and table with an index that knows nothing. */
  Drop withoutIndex() {
    return new Drop(folder, new InMemoryFileIndex(), contract);
  }

  /** The same table, with its files on another file system. */
  LandFilesInRaw jobAt(String location) {
    return new LandFilesInRaw(
        lake(),
        location,
        contract,
        tenant(),
        index,
        RunContext.start("test", Clock.systemUTC()),
        clock,
        time -> whilePaused.get().run(),
        turns);
  }

  /** With whom landing takes turns. */
  void takingTurns(Turns with) {
    turns = with;
  }

  /** What happens while landing waits for files to settle. */
  void whilePaused(Runnable act) {
    whilePaused.set(act);
  }

  /** What happens once between the look at files and their landing. */
  void beforeItLands(Runnable act) {
    clock.beforeNext.set(act);
  }

  /** Landing asks for the time of its rows after the look and before it reads them. */
  private static final class LandingClock extends Clock {
    final AtomicReference<Runnable> beforeNext = new AtomicReference<>(() -> {});

    @Override
    public Instant instant() {
      beforeNext.getAndSet(() -> {}).run();
      return Instant.now();
    }

    @Override
    public long millis() {
      return System.currentTimeMillis();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Writes a file that has not changed for long. */
  Path file(String name, String text) {
    return file(name, text.getBytes(UTF_8), LONG_AGO);
  }

  Path file(String name, byte[] bytes, Instant modified) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      Files.setLastModifiedTime(file, FileTime.from(modified));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LandFilesInRaw job() {
    return jobAt(LocalLocation.of(folder));
  }

  JobOutcome run() {
    return job().run();
  }

  TenantId tenant() {
    return contract.tenants().get(0);
  }

  Lake lake() {
    return SharedLake.lake();
  }

  String table() {
    return contract.rawTable(tenant());
  }

  Head head() {
    return lake().head(table());
  }

  long files() {
    return DropSequence.file(head().lanes().at(Lane.ofDrop(contract.id())));
  }

  List<Row> rows() {
    return lake().read(table()).orderBy("sequence").collectAsList();
  }

  List<String> values() {
    return rows().stream().map(r -> new String(r.<byte[]>getAs("value"), UTF_8)).toList();
  }

  List<Long> places() {
    return rows().stream().map(r -> r.<Long>getAs("sequence")).toList();
  }

  /** What a row says of its file. */
  static String fileOf(Row row) {
    Row header = row.<Row>getList(row.fieldIndex("headers")).get(0);
    return new String(header.<byte[]>getAs("value"), UTF_8);
  }
}
