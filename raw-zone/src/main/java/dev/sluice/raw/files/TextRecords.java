package dev.sluice.raw.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.contract.CsvFields;
import dev.sluice.catalog.contract.CsvForm;
import dev.sluice.catalog.contract.DropFolder.FileFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lines of JSON and records of CSV; what names the columns of CSV is no record. */
final class TextRecords implements Records {
  private final HashedStream stored;
  private final InputStream text;
  private final CutRecords cut;
  private final FileForm form;
  private Optional<String> header = Optional.empty();

  TextRecords(InputStream in, String name, FileForm form) throws IOException {
    this.form = form;
    this.stored = new HashedStream(in);
    this.text = Decompress.of(stored, name);
    boolean csv = form.format() == FileFormat.CSV;
    this.cut =
        new CutRecords(text, csv ? Optional.of(form.csv()) : Optional.empty(), form.maxBytes());
    if (csv && form.csv().header()) {
      byte @Nullable [] first = cut.next();
      header = first == null ? Optional.empty() : Optional.of(header(first));
    }
  }

  /** The header's text; it must name something that the contract knows. */
  private String header(byte[] bytes) {
    try {
      String record = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      CsvFields fields = new CsvFields(form.csv().delimiter(), form.csv().quote());
      if (!fields.read(record) || fields.texts().stream().noneMatch(form.fields()::contains)) {
        throw new Unreadable(Aside.BAD_HEADER);
      }
      return record;
    } catch (CharacterCodingException e) {
      throw new Unreadable(Aside.NOT_UTF8);
    }
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    return cut.next();
  }

  @Override
  public void describe(ObjectNode file) {
    if (form.format() == FileFormat.CSV) {
      CsvForm csv = form.csv();
      file.put("delimiter", String.valueOf(csv.delimiter()));
      file.put("quote", String.valueOf(csv.quote()));
      if (csv.header()) {
        file.put("header", header.orElse(""));
      } else {
        List<String> columns = csv.columns();
        columns.forEach(file.putArray("columns")::add);
      }
    }
  }

  @Override
  public String sha256() throws IOException {
    return stored.sha256();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
