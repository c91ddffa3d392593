package dev.sluice.stage.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON list whose elements are of one type; null elements stay null. */
record ReadList(ReadValue element) implements ReadValue {
  @Override
  public Object read(Tokens in) throws IOException, Rejected {
    in.expect(JsonToken.START_ARRAY);
    List<@Nullable Object> values = new ArrayList<>();
    for (JsonToken token = in.next(); token != JsonToken.END_ARRAY; token = in.next()) {
      try {
        values.add(token == JsonToken.VALUE_NULL ? null : element.read(in));
      } catch (Rejected rejected) {
        throw rejected.within("[]");
      }
    }
    return values.toArray();
  }
}
