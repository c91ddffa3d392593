package dev.sluice.pipelines.bench;

import dev.sluice.catalog.contract.CsvForm;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.DropFolder;
import dev.sluice.catalog.contract.DropFolder.FileFormat;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.pipelines.generate.AsLines;
import dev.sluice.pipelines.generate.GenerateMessages;
import dev.sluice.pipelines.generate.GenerateOptions;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.jobs.WireFiles;
import dev.sluice.pipelines.runner.Progress;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lands the same number of generated rows as one file and as many, and one small file beside few
 * and beside many that were taken before.
 */
public final class MeasureFileLanding {
  private static final int TURNS = 5;

  private final WireFiles wire;
  private final DataContract contract;
  private final TenantId tenant;
  private final Path folder;
  private final Progress progress;
  private int seed = 1;

  /**
   * @param contract whose raw table exists and has taken no files
   * @param folder an empty folder
   */
  public MeasureFileLanding(
      Lakehouse lakehouse, WireFiles wire, DataContract contract, TenantId tenant, Path folder) {
    this.wire = wire;
    this.tenant = tenant;
    this.folder = folder.toAbsolutePath();
    this.contract = overFolder(contract);
    this.progress = lakehouse.progress();
  }

  /**
   * Seconds.
   *
   * @param oneFile for all rows in one file
   * @param manyFiles for as many rows in many files
   * @param afterFew for one file of a thousand rows beside few taken ones; a median
   * @param afterMany the same beside many
   * @param few how many files had been taken then
   */
  public record Figures(
      double oneFile, double manyFiles, double afterFew, double afterMany, int few, int many) {
    /** Times of one file that as many rows in many files take. */
    public double ratioOfMany() {
      return manyFiles / oneFile;
    }

    /** How much slower a batch is beside many taken files. */
    public double growth() {
      return afterMany / afterFew;
    }
  }

  /**
   * @param rows in one file, and in {@code files} files
   * @param more files of one row that are taken before the last measurement
   */
  public Figures measure(int rows, int files, int more) throws IOException {
    write(20, 1000);
    double warm = land(20);
    write(1, rows);
    double one = land(1);
    write(files, rows / files);
    double many = land(files);
    say("warm-up %.1f s, one file %.1f s, %d files %.1f s", warm, one, files, many);
    double afterFew = oneMore();
    write(more, 1);
    say("%d more files %.1f s", more, land(more));
    double afterMany = oneMore();
    int few = 21 + files;
    return new Figures(one, many, afterFew, afterMany, few, few + TURNS + more);
  }

  /** Files that have landed are listed again each time, as they stay where they are. */
  private double oneMore() throws IOException {
    List<Double> seconds = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      write(1, 1000);
      seconds.add(land(1));
    }
    return Measured.median(seconds);
  }

  private double land(int files) {
    long start = System.nanoTime();
    JobOutcome outcome = wire.landing(contract, tenant).run();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!(outcome instanceof JobOutcome.Done done)
        || done.figures().notes().getOrDefault("files", 0L) != files) {
      throw new IllegalStateException("Expected " + files + " files to land; got " + outcome);
    }
    return seconds;
  }

  private void write(int files, int rows) throws IOException {
    Files.createDirectories(folder.resolve(tenant.name()));
    AsLines all =
        new AsLines(
            new GenerateMessages(contract, GenerateOptions.of((long) files * rows, seed++)));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(all, StandardCharsets.UTF_8))) {
      for (int file = 0; file < files; file++) {
        Path path = folder.resolve(tenant.name()).resolve(seed + "-" + file + ".jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(path)) {
          out.write("{\"file\":\"" + seed + "-" + file + "\"}\n"); // no two files are the same
          for (int row = 1; row < rows; row++) {
            out.write(lines.readLine());
            out.newLine();
          }
        }
      }
    }
  }

  private DataContract overFolder(DataContract c) {
    DataContract.Source source =
        new DataContract.Source(
            Optional.empty(),
            c.source().format(),
            c.source().maxRowsPerBatch(),
            c.source().maxDepth(),
            c.source().maxMessageBytes(),
            Optional.of(
                new DropFolder(
                    folder + "/${TENANT}", FileFormat.NDJSON, CsvForm.USUAL, Duration.ZERO)));
    return new DataContract(
        c.id(),
        c.version(),
        c.tenants(),
        source,
        c.stage(),
        c.references(),
        c.products(),
        c.owner(),
        c.upkeep(),
        c.levels(),
        c.text(),
        c.evolution());
  }

  private void say(String form, Object... values) {
    progress.say(String.format(Locale.ROOT, form, values));
  }
}
