package dev.sluice.pipelines.services;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.pipelines.runner.WrongUsage;
import dev.sluice.pipelines.services.ReferenceFaults.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV file (RFC 4180, UTF-8, header line) against a declared table and finds all faults.
 * The columns may stand in any order; an empty field is a missing value, a quoted empty one an
 * empty text.
 */
final class ReadReference {
  private static final int MAX_CHARACTERS = 100_000;

  private final ReferenceTable table;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<List<Object>, Long> keys = new HashMap<>();

  ReadReference(ReferenceTable table) {
    this.table = table;
  }

  /**
   * The rows with values in the order of the declared columns.
   *
   * @throws ReferenceFaults with everything that is wrong
   */
  List<List<Optional<Object>>> rows(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new WrongUsage("Expected a CSV file; " + file + " is a folder");
    }
    List<List<Optional<Object>>> rows = new ArrayList<>();
    CsvParser parser = new CsvParser(settings());
    try (Reader reader = strict(file)) {
      parser.beginParsing(reader);
      Optional<int[]> places = header(parser.parseNext());
      if (places.isPresent()) {
        for (String[] each = parser.parseNext(); each != null; each = parser.parseNext()) {
          row(each, places.get(), parser.getContext().currentLine()).ifPresent(rows::add);
        }
      }
    } catch (CharacterCodingException e) {
      faults.add(new Fault(firstBrokenLine(file), "is no UTF-8"));
    } catch (TextParsingException e) {
      faults.add(
          e.getCause() instanceof CharacterCodingException
              ? new Fault(firstBrokenLine(file), "is no UTF-8")
              : new Fault(e.getLineIndex() + 1, "is no CSV from here on"));
    } finally {
      parser.stopParsing();
    }
    if (!faults.isEmpty()) {
      throw new ReferenceFaults(file.toString(), faults);
    }
    return rows;
  }

  private Optional<int[]> header(String @Nullable [] header) {
    if (header == null) {
      faults.add(new Fault(1, "the file is empty; expected a header line with " + names()));
      return Optional.empty();
    }
    List<String> found = Arrays.asList(header);
    int before = faults.size();
    for (String name : names()) {
      if (!found.contains(name)) {
        faults.add(new Fault(1, "column " + name + " is missing from the header"));
      }
    }
    for (String name : found) {
      if (!names().contains(name)) {
        faults.add(
            new Fault(1, "column " + name + " is not in the contract, which has " + names()));
      } else if (found.indexOf(name) != found.lastIndexOf(name)) {
        faults.add(new Fault(1, "column " + name + " stands more than once in the header"));
      }
    }
    return faults.size() > before
        ? Optional.empty()
        : Optional.of(names().stream().mapToInt(found::indexOf).toArray());
  }

  private Optional<List<Optional<Object>>> row(String[] fields, int[] places, long line) {
    if (fields.length != places.length) {
      faults.add(new Fault(line, "has " + fields.length + " fields; expected " + places.length));
      return Optional.empty();
    }
    List<Optional<Object>> row = new ArrayList<>();
    int before = faults.size();
    for (int i = 0; i < places.length; i++) {
      row.add(value(table.columns().get(i), fields[places[i]], line));
    }
    if (faults.size() == before) {
      checkKey(row, line);
    }
    return Optional.of(row);
  }

  private Optional<Object> value(ReferenceTable.Column column, @Nullable String text, long line) {
    if (text == null) {
      if (column.required() || table.key().contains(column.name())) {
        faults.add(new Fault(line, "column " + column.name() + " is required and has no value"));
      }
      return Optional.empty();
    }
    try {
      return Optional.of(new ReferenceValue(column.type()).parse(text));
    } catch (IllegalArgumentException e) {
      faults.add(new Fault(line, "column " + column.name() + " " + e.getMessage()));
      return Optional.empty();
    }
  }

  private void checkKey(List<Optional<Object>> row, long line) {
    List<Object> key = new ArrayList<>();
    for (String name : table.key()) {
      row.get(names().indexOf(name)).ifPresent(key::add);
    }
    Long first = key.isEmpty() ? null : keys.putIfAbsent(key, line);
    if (first != null) {
      faults.add(new Fault(line, "has the same " + table.key() + " as line " + first));
    }
  }

  private List<String> names() {
    return table.columns().stream().map(ReferenceTable.Column::name).toList();
  }

  private static Reader strict(Path file) throws IOException {
    // A new decoder reports malformed input; Files.newBufferedReader does the same by promise.
    BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  private static long firstBrokenLine(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      SplitLines lines = new SplitLines(in, Integer.MAX_VALUE);
      Optional<byte[]> line = lines.next();
      while (line.isPresent() && isText(line.get())) {
        line = lines.next();
      }
      return lines.line();
    }
  }

  private static boolean isText(byte[] line) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static CsvParserSettings settings() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setSkipEmptyLines(true);
    settings.setEmptyValue("");
    settings.setMaxCharsPerColumn(MAX_CHARACTERS);
    settings.setHeaderExtractionEnabled(false);
    settings.setCommentProcessingEnabled(false);
    settings.setReadInputOnSeparateThread(false);
    return settings;
  }
}
