package dev.sluice.stage.decode;

import dev.sluice.catalog.contract.CsvFields;
import dev.sluice.stage.decode.Fields.Field;
import dev.sluice.stage.decode.MessagePlan.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV records: fields go by the names of their columns, in whatever order these stand. An
 * unquoted field that is one of the contract's null marks has no value. Lists and objects are read
 * as JSON inside the field.
 */
final class ReadCsv implements DecodeMessage.ReadRecord {
  private final DecodeMessage messages;
  private final CsvFields fields;
  private final List<String> columns;
  private final boolean twice;
  private final CsvTokens scalar = new CsvTokens();
  private final ReadFields record = new ReadFields();

  ReadCsv(DecodeMessage messages, char delimiter, char quote, List<String> columns) {
    this.messages = messages;
    this.fields = new CsvFields(delimiter, quote);
    this.columns = List.copyOf(columns);
    this.twice = new HashSet<>(columns).size() < columns.size();
  }

  /** A reader of the records that follow a header; landing has made sure that it is one. */
  static ReadCsv withHeader(DecodeMessage messages, char delimiter, char quote, String header) {
    CsvFields names = new CsvFields(delimiter, quote);
    boolean unused = names.read(header);
    return new ReadCsv(messages, delimiter, quote, names.texts());
  }

  @Override
  public void read(byte[] bytes, @Nullable Object[] values) throws IOException, Rejected {
    if (!fields.read(new String(bytes, StandardCharsets.UTF_8))) {
      throw new Rejected(Reason.NOT_CSV);
    }
    if (fields.count() != columns.size()) {
      throw new Rejected(Reason.FIELD_COUNT);
    }
    if (twice) {
      throw new Rejected(Reason.DUPLICATE_FIELD);
    }
    String version = messages.versionField();
    if (version != null) {
      int at = columns.indexOf(version);
      messages.choose(at >= 0 && hasValue(at) ? fields.text(at) : null);
    }
    record.start();
    for (int i = 0; i < columns.size(); i++) {
      record.came(columns.get(i));
      Field field = messages.field(columns.get(i));
      if (field != null && hasValue(i)) {
        read(fields.text(i), field, values);
      }
    }
    record.end(values);
  }

  private boolean hasValue(int field) {
    return fields.isQuoted(field) || !messages.plan().nulls.contains(fields.text(field));
  }

  private void read(String text, Field field, @Nullable Object[] values)
      throws IOException, Rejected {
    for (Target target : field.targets()) {
      if (target.reader() instanceof ReadList || target.reader() instanceof ReadObject) {
        readJson(text, target.field(), in -> ReadFields.read(in, target, values));
      } else {
        scalar.set(text);
        ReadFields.read(scalar, target, values);
      }
    }
    Fields inside = field.inside();
    if (inside != null && text.stripLeading().startsWith("{")) {
      readJson(text, field.path(), in -> record.readParts(in, inside, values));
    } else if (field.targets().isEmpty()) {
      record.isNoObject(field);
    }
  }

  private interface Reading {
    void of(JsonTokens in) throws IOException, Rejected;
  }

  private void readJson(String text, String path, Reading reading) throws Rejected {
    try (JsonTokens in = messages.json(text)) {
      if (in.next() == null) {
        throw new Rejected(Reason.WRONG_TYPE).within(path);
      }
      reading.of(in);
      if (in.next() != null) {
        throw new Rejected(Reason.TRAILING_DATA).within(path);
      }
    } catch (IOException e) {
      throw new Rejected(Reason.NOT_JSON).within(path);
    }
  }
}
