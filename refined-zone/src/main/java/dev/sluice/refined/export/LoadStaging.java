package dev.sluice.refined.export;

import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo.CreateDisposition;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.ParquetOptions;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableDataWriteChannel;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import dev.sluice.refined.export.EgressBudget.Reservation;
import dev.sluice.refined.export.EgressBudget.Reservation.Granted;
import dev.sluice.refined.export.EgressBudget.Reservation.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Brings a file into a staging table of its own, once: the job's id is made from what is loaded, so
 * a run that takes over from a dead one finds the job and sends nothing again. Room in the budget
 * is taken before the first byte leaves.
 */
final class LoadStaging {
  private static final int ATTEMPTS = 50;
  private static final int SENDINGS = 3;
  private static final int CHUNK_BYTES = 4 << 20;
  private static final Duration KEPT = Duration.ofHours(48);

  private final BigQuerySession bigQuery;
  private final ExportTable table;
  private final EgressBudget budget;
  private final LocalDate day;
  private final long dayLimit;

  LoadStaging(
      BigQuerySession bigQuery,
      ExportTable table,
      EgressBudget budget,
      LocalDate day,
      long dayLimit) {
    this.bigQuery = bigQuery;
    this.table = table;
    this.budget = budget;
    this.day = day;
    this.dayLimit = dayLimit;
  }

  /**
   * Loads the file unless it is loaded already.
   *
   * @param id of the job, without the attempt's number; a failed id can never be used again
   */
  void load(StagedFile file, TableId staging, AllowedColumns columns, String id) {
    AwaitJob await = new AwaitJob(bigQuery);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      String attemptId = id + "_a" + attempt;
      Optional<Job> before = await.find(attemptId);
      Job job = before.isPresent() ? before.get() : send(file, staging, columns, attemptId, await);
      Optional<BigQueryFailed> failure = await.failure("load the staging table", job);
      if (failure.isEmpty() && exists(staging)) {
        return;
      }
      if (before.isEmpty()) {
        if (failure.isPresent()) {
          throw failure.get();
        }
        throw new StagingVanished(staging.getTable());
      }
    }
    throw new IllegalStateException(
        ATTEMPTS + " loads under " + id + " failed; see BigQuery's job list");
  }

  /** A broken connection that left no job is tried again, each time with room for all bytes. */
  private Job send(
      StagedFile file, TableId staging, AllowedColumns columns, String id, AwaitJob await) {
    for (int sending = 1; sending < SENDINGS; sending++) {
      try {
        return sendOnce(file, staging, columns, id, await);
      } catch (BigQueryUnavailable e) {
        BigQuerySession.pause("load the staging table");
      }
    }
    return sendOnce(file, staging, columns, id, await);
  }

  private Job sendOnce(
      StagedFile file, TableId staging, AllowedColumns columns, String id, AwaitJob await) {
    Granted room = room(file.bytes());
    long sentBefore = bigQuery.uploaded();
    try {
      makeStaging(staging, columns);
      return upload(file, staging, columns, id);
    } catch (BigQueryFailed e) {
      if (!e.isDuplicate()) {
        throw e;
      }
      return await
          .find(id)
          .orElseThrow(() -> new IllegalStateException("Job " + id + " exists twice and nowhere"));
    } catch (BigQueryUnavailable e) { // the answer may be lost and not the job
      return await.find(id).orElseThrow(() -> e);
    } finally {
      budget.settle(room, bigQuery.uploaded() - sentBefore);
    }
  }

  private Granted room(long bytes) {
    Reservation reservation = budget.reserve(table.name(), day, bytes, dayLimit);
    if (reservation instanceof Granted granted) {
      return granted;
    }
    Refused refused = (Refused) reservation;
    throw ExportRefused.setup(
        "The export of "
            + table.name()
            + " has "
            + bytes
            + " bytes, but "
            + refused.taken()
            + " of the "
            + refused.limit()
            + " bytes that may leave on "
            + day
            + " are taken; nothing was sent. "
            + (bytes > refused.limit()
                ? "One partition alone has more than may leave in a whole day, so it never comes by"
                    + " itself: raise maxBytesPerDay in the contract until it has left"
                : "Run again tomorrow, or raise maxBytesPerDay in the contract")
            + " (docs/runbooks/export-budget.md)");
  }

  private void makeStaging(TableId staging, AllowedColumns columns) {
    if (!exists(staging)) {
      try {
        bigQuery.ask(
            "make the staging table",
            () ->
                bigQuery
                    .client()
                    .create(
                        TableInfo.newBuilder(staging, StandardTableDefinition.of(columns.schema()))
                            .setExpirationTime(System.currentTimeMillis() + KEPT.toMillis())
                            .build()));
      } catch (BigQueryFailed e) {
        if (!e.isDuplicate()) {
          throw e;
        }
      }
    }
  }

  private boolean exists(TableId staging) {
    return new ReadExportedHead(bigQuery, table.project()).exists(staging);
  }

  private Job upload(StagedFile file, TableId staging, AllowedColumns columns, String id) {
    WriteChannelConfiguration load =
        WriteChannelConfiguration.newBuilder(staging)
            .setFormatOptions(ParquetOptions.newBuilder().setEnableListInference(true).build())
            .setSchema(columns.schema())
            .setAutodetect(false)
            .setMaxBadRecords(0)
            .setCreateDisposition(CreateDisposition.CREATE_NEVER)
            .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE)
            .build();
    return bigQuery.askOnce(
        "load the staging table",
        () -> {
          TableDataWriteChannel channel = bigQuery.client().writer(bigQuery.job(id), load);
          channel.setChunkSize(CHUNK_BYTES);
          try (OutputStream out = Channels.newOutputStream(channel)) {
            Files.copy(file.path(), out);
          }
          return Optional.ofNullable(channel.getJob())
              .orElseThrow(() -> new IOException("no job came back"));
        });
  }
}
