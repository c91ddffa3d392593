package dev.sluice.raw;

import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.LocalLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * One streaming query over one topic, from named offsets, on a checkpoint of its own that is
 * deleted at its end: an older checkpoint would override the offsets.
 */
final class StreamTopic {
  private final KafkaSource source;
  private final Path folder;
  // fair, so that whoever wants to stop the query comes before its next batch
  private final ReentrantLock inBatch = new ReentrantLock(true);
  private final AtomicReference<@Nullable StreamingQuery> query = new AtomicReference<>();
  private volatile boolean stopping;

  /**
   * Looks after a query between its batches: Spark notices a topic that was made anew when the new
   * one is shorter, but not when it ends at the same offset.
   *
   * @param look ends the query by throwing
   */
  record Watch(Duration every, Runnable look) {}

  /**
   * @param folder where the checkpoint is made; on a file system of the driver
   */
  StreamTopic(KafkaSource source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  /**
   * Reads until the trigger has nothing more or the query is stopped.
   *
   * @param start every partition with the offset to read first
   * @param maxOffsets how many offsets a batch spans at most, over all partitions
   * @param batches is given the rows of every batch in order, and up to where each partition was
   *     read, exclusive
   * @throws StreamingQueryException when reading or committing fails
   */
  void run(
      Lake lake,
      String topic,
      List<KafkaTopic.Progress> start,
      long maxOffsets,
      Trigger trigger,
      BiConsumer<Dataset<Row>, SortedMap<Integer, Long>> batches,
      Watch watch)
      throws StreamingQueryException, TimeoutException {
    Path checkpoint = newCheckpoint();
    try {
      StreamingQuery started =
          lake.spark()
              .readStream()
              .format("kafka")
              .options(source.sparkOptions())
              .option("subscribe", topic)
              .option("startingOffsets", StartingOffsets.json(topic, start))
              .option("maxOffsetsPerTrigger", maxOffsets)
              .option("includeHeaders", true)
              .option("failOnDataLoss", true)
              .load()
              .writeStream()
              .foreachBatch(
                  (Dataset<Row> rows, Long batch) ->
                      inLock(
                          () ->
                              batches.accept(
                                  lake.adopt(rows), BatchEnds.of(checkpoint, batch, topic))))
              .option("checkpointLocation", LocalLocation.of(checkpoint))
              .trigger(trigger)
              .start();
      await(started, watch);
    } finally {
      deleteAll(checkpoint);
    }
  }

  /** Ends the query after the batch it is at; the batch's commit is not disturbed. */
  void stop() {
    stopping = true;
    inBatch.lock();
    try {
      StreamingQuery running = query.get();
      if (running != null) {
        running.stop();
      }
    } catch (TimeoutException e) {
      throw new IllegalStateException("Expected the streaming query to end in time", e);
    } finally {
      inBatch.unlock();
    }
  }

  private void await(StreamingQuery started, Watch watch)
      throws StreamingQueryException, TimeoutException {
    query.set(started);
    try {
      if (stopping) {
        stop();
      }
      while (!started.awaitTermination(watch.every().toMillis())) {
        lookBetweenBatches(watch);
      }
    } catch (StreamingQueryException e) {
      if (!stopping || !isInterruption(e)) {
        throw e;
      }
    } finally {
      started.stop();
    }
  }

  private void lookBetweenBatches(Watch watch) {
    if (inBatch.tryLock()) {
      try {
        watch.look().run();
      } finally {
        inBatch.unlock();
      }
    }
  }

  private void inLock(Runnable work) throws InterruptedException {
    inBatch.lockInterruptibly();
    try {
      work.run();
    } finally {
      inBatch.unlock();
    }
  }

  private static boolean isInterruption(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof InterruptedException) {
        return true;
      }
    }
    return false;
  }

  private Path newCheckpoint() {
    try {
      Files.createDirectories(folder);
      return Files.createTempDirectory(folder, "land-");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected to be able to write to " + folder + ", where checkpoints are made", e);
    }
  }

  private static void deleteAll(Path checkpoint) {
    try (var files = Files.walk(checkpoint)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to be able to delete " + checkpoint, e);
    }
  }
}
