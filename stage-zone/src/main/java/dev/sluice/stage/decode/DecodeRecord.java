package dev.sluice.stage.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads raw rows in the form that each landed in: a message of a topic is JSON; a record of a file
 * is what the row's header {@value #HEADER} says of its file. One instance for each task; not
 * thread-safe.
 */
public final class DecodeRecord {
  /** Key of the header that tells of a row's file; see docs/contracts.md. */
  public static final String HEADER = "sluice.file";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DecodeMessage messages;
  private byte @Nullable [] lastFile;
  private Form lastForm;

  private record Form(DecodeMessage.@Nullable ReadRecord reader, boolean isText) {}

  public DecodeRecord(MessagePlan plan) {
    this.messages = new DecodeMessage(plan);
    this.lastForm = new Form(null, true);
  }

  /**
   * What the bytes say. Never throws because of them.
   *
   * @param value the record as it landed; null for a tombstone
   * @param file what the row says of its file; null for a message
   * @param version what the header of the contract's {@code producers} holds; null without one
   * @param arrived when it landed, in microseconds since 1970
   */
  public Decoded decode(
      byte @Nullable [] value, byte @Nullable [] file, byte @Nullable [] version, long arrived) {
    if (file == null) {
      return messages.decode(value, version, arrived);
    }
    if (!Arrays.equals(file, lastFile)) {
      lastForm = form(file);
      lastFile = file;
    }
    DecodeMessage.ReadRecord reader = lastForm.reader();
    return reader == null
        ? messages.decode(value, arrived)
        : messages.decode(value, arrived, reader, lastForm.isText());
  }

  private Form form(byte[] file) {
    try {
      JsonNode node = JSON.readTree(file);
      return switch (node.required("format").asText()) {
        case "ndjson" -> new Form(null, true);
        case "csv" -> new Form(csv(node), true);
        case "avro", "parquet" -> new Form(avro(node.required("schema").toString()), false);
        default ->
            throw new IllegalStateException(
                "Expected a file of format ndjson, csv, avro or parquet; got "
                    + node.get("format")
                    + ". A newer version landed it; promote with that one");
      };
    } catch (IOException e) {
      throw new UncheckedIOException("Expected a row of a file to tell of its file in JSON", e);
    }
  }

  /** A schema that nobody can read sets its rows aside, and no others. */
  private DecodeMessage.ReadRecord avro(String schema) {
    try {
      return new ReadAvro(messages, schema);
    } catch (RuntimeException e) { // Avro throws more than its own
      return (bytes, values) -> {
        throw new Rejected(Reason.NOT_AVRO);
      };
    }
  }

  private ReadCsv csv(JsonNode file) {
    char delimiter = file.required("delimiter").asText().charAt(0);
    char quote = file.required("quote").asText().charAt(0);
    if (file.has("header")) {
      return ReadCsv.withHeader(messages, delimiter, quote, file.get("header").asText());
    }
    List<String> columns = new ArrayList<>();
    file.required("columns").forEach(c -> columns.add(c.asText()));
    return new ReadCsv(messages, delimiter, quote, columns);
  }
}
