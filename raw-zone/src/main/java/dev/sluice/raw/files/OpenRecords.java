package dev.sluice.raw.files;

import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Opens the records of a file, and tells what a failure to read them says of its content. */
final class OpenRecords {
  private OpenRecords() {}

  static Records of(StoredFile file, FileForm form) throws IOException {
    return switch (form.format()) {
      case NDJSON, CSV -> text(file.open(), file.name(), form);
      case AVRO -> avro(file.open());
      case PARQUET -> new ParquetRecords(file);
    };
  }

  private static Records text(InputStream in, String name, FileForm form) throws IOException {
    try {
      return new TextRecords(in, name, form);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static Records avro(InputStream in) throws IOException {
    try {
      return new AvroRecords(in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** What is wrong with the content of which this came. */
  static Aside why(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String message = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
      if (each instanceof Unreadable unreadable) {
        return unreadable.why();
      }
      if (each instanceof EOFException
          || each instanceof ZstdIOException && message.contains("truncated")) {
        return Aside.TRUNCATED;
      }
      if (message.contains("not an avro data file") || message.contains("not a data file")) {
        return Aside.NOT_THE_FORMAT;
      }
    }
    return Aside.BROKEN;
  }
}
