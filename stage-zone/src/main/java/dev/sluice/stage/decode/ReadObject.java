package dev.sluice.stage.decode;

import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.SourceField.TimeFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** A JSON object as a struct. Fields that the contract does not name are passed over and told. */
final class ReadObject implements ReadValue {
  private static final long serialVersionUID = 1L;

  /** The contract's name of the field it stands in, and of the parts on the way. */
  private final String path;

  private final String[] names;
  private final ReadValue[] readers;
  private final boolean[] required;
  private final HashMap<String, Integer> places = new HashMap<>();

  private ReadObject(String path, String[] names, ReadValue[] readers, boolean[] required) {
    this.path = path;
    this.names = names;
    this.readers = readers;
    this.required = required;
    for (int i = 0; i < names.length; i++) {
      places.put(names[i], i);
    }
  }

  static ReadObject of(ColumnType.Struct type, TimeFormat format, String path) {
    int size = type.fields().size();
    boolean[] required = new boolean[size];
    for (int i = 0; i < size; i++) {
      required[i] = type.fields().get(i).required();
    }
    return new ReadObject(
        path,
        type.fields().stream().map(ColumnType.Field::name).toArray(String[]::new),
        type.fields().stream()
            .map(f -> ReadValue.of(f.type(), format, path + "." + f.name()))
            .toArray(ReadValue[]::new),
        required);
  }

  @Override
  public Object read(Tokens in) throws IOException, Rejected {
    in.expect(JsonToken.START_OBJECT);
    @Nullable Object[] values = new Object[names.length];
    Set<String> seen = new HashSet<>();
    while (in.next() != JsonToken.END_OBJECT) {
      String name = in.name();
      if (!seen.add(name)) {
        throw new Rejected(Reason.DUPLICATE_FIELD);
      }
      JsonToken token = in.next();
      Integer place = places.get(name);
      if (place == null) {
        in.passedOver(path, name);
        in.skip();
      } else if (token != JsonToken.VALUE_NULL) {
        values[place] = readPart(in, place);
      }
    }
    for (int i = 0; i < names.length; i++) {
      if (required[i] && values[i] == null) {
        throw new Rejected(Reason.MISSING_FIELD).within(names[i]);
      }
    }
    return RowFactory.create(values);
  }

  private Object readPart(Tokens in, int place) throws IOException, Rejected {
    try {
      return readers[place].read(in);
    } catch (Rejected rejected) {
      throw rejected.within(names[place]);
    }
  }
}
