package dev.sluice.catalog.tables;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * What has left a table because its retention was over, remembered in the same commit.
 *
 * @param before partitions wholly before it are gone
 * @param rows how many rows have gone so far
 */
public record ExpiredRows(Instant before, long rows) {
  /** Property of a table that has lost rows to its retention. */
  public static final String PROPERTY = "sluice.expired";

  private static final String WHAT = "record of expired rows";

  /** What a table's properties tell; empty when nothing has expired. */
  public static Optional<ExpiredRows> of(Map<String, String> properties) {
    return Optional.ofNullable(properties.get(PROPERTY)).map(ExpiredRows::read);
  }

  /** The same after more has gone. */
  ExpiredRows and(Instant later, long more) {
    return new ExpiredRows(later.isAfter(before) ? later : before, rows + more);
  }

  String write() {
    return JsonText.write(JsonText.object().put("before", before.toString()).put("rows", rows));
  }

  private static ExpiredRows read(String text) {
    JsonNode node = JsonText.read(WHAT, text);
    String before = JsonText.string(WHAT, JsonText.field(WHAT, node, "before"));
    try {
      return new ExpiredRows(
          Instant.parse(before), JsonText.whole(WHAT, JsonText.field(WHAT, node, "rows")));
    } catch (DateTimeParseException e) {
      throw new UnreadableText("A " + WHAT + " has an instant here; got " + before, e);
    }
  }
}
