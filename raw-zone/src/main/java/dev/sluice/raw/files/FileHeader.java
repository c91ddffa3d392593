package dev.sluice.raw.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * What each row says of the file it comes from, as its one header {@value #KEY}: JSON with {@code
 * format}, {@code sha256}, {@code name} (hash of the path below the folder), {@code size}, {@code
 * modified}; for CSV {@code delimiter}, {@code quote} and {@code header} or {@code columns}; for
 * Avro and Parquet the {@code schema} that the row's bytes are written with.
 */
final class FileHeader {
  static final String KEY = "sluice.file";

  private static final ObjectMapper JSON = new ObjectMapper();

  private FileHeader() {}

  static byte[] of(FoundFile file, FileForm form, String sha256, Records records) {
    FileMark mark = file.mark();
    ObjectNode node =
        JSON.createObjectNode()
            .put("format", form.format().name().toLowerCase(Locale.ROOT))
            .put("sha256", sha256)
            .put("name", mark.name())
            .put("size", mark.size())
            .put("modified", mark.modified());
    records.describe(node);
    try {
      return JSON.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file that a landed row's header tells of. */
  static SeenFile read(byte[] header, long number) {
    try {
      var node = JSON.readTree(header);
      FileMark mark =
          new FileMark(
              node.required("name").asText(),
              node.required("size").asLong(),
              node.required("modified").asLong());
      return SeenFile.landed(mark, node.required("sha256").asText(), number);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected a row of a dropped file to tell of its file", e);
    }
  }
}
