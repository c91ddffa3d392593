package dev.sluice.catalog.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.catalog.position.Touched;
import java.util.ArrayList;
import java.util.List;

/**
 * Which partitions the recent editions rewrote, oldest first: {@code
 * [{"edition":3,"all":true},{"edition":5,"partitions":["a"]}]}. What grows too long is folded into
 * the first entry, which then says that up to its edition all was touched.
 */
record TouchedLog(List<Entry> entries) {
  static final int EDITIONS = 200;
  static final int PARTITIONS = 2_000;
  static final TouchedLog EMPTY = new TouchedLog(List.of());
  private static final String WHAT = "touched log";

  TouchedLog {
    entries = List.copyOf(entries);
  }

  record Entry(long edition, Touched touched) {}

  static TouchedLog read(String text) {
    JsonNode node = JsonText.read(WHAT, text);
    if (!node.isArray()) {
      throw new UnreadableText("A touched log is a JSON list; got " + node.getNodeType());
    }
    List<Entry> entries = new ArrayList<>();
    node.forEach(
        entry ->
            entries.add(
                new Entry(
                    JsonText.whole(WHAT, JsonText.field(WHAT, entry, "edition")),
                    TouchedText.of(WHAT, entry))));
    return new TouchedLog(entries);
  }

  String write() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    entries.forEach(
        entry -> TouchedText.put(list.addObject().put("edition", entry.edition), entry.touched));
    return JsonText.write(list);
  }

  /** This log with one more edition; an edition that rewrote nothing leaves no entry. */
  TouchedLog with(long edition, Touched touched) {
    if (touched.equals(Touched.NOTHING)) {
      return this;
    }
    List<Entry> all = new ArrayList<>(entries);
    all.add(new Entry(edition, touched));
    int keep = 0;
    int partitions = 0;
    while (keep < all.size() && keep < EDITIONS) {
      partitions += all.get(all.size() - 1 - keep).touched.partitions().size();
      if (partitions > PARTITIONS) {
        break;
      }
      keep++;
    }
    int folded = all.size() - keep;
    if (folded == 0) {
      return new TouchedLog(all);
    }
    List<Entry> kept = new ArrayList<>();
    kept.add(new Entry(all.get(folded - 1).edition, Touched.ALL));
    kept.addAll(all.subList(folded, all.size()));
    return new TouchedLog(kept);
  }

  /** What the editions after {@code edition} rewrote. */
  Touched since(long edition) {
    return entries.stream()
        .filter(entry -> entry.edition > edition)
        .map(Entry::touched)
        .reduce(Touched.NOTHING, Touched::and);
  }
}
