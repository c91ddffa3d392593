package dev.sluice.raw.files;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.position.DropSequence;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.raw.RawTable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Brings the index to where raw's head stands. It is behind after a crash between raw's commit and
 * its own; then only the files since are read from raw, by their places. After a rewind, or when it
 * is ahead, it is made anew.
 */
final class CatchUpIndex {
  private final RawTable table;
  private final FileIndex index;
  private final Lane lane;

  CatchUpIndex(RawTable table, FileIndex index, Lane lane) {
    this.table = table;
    this.index = index;
    this.lane = lane;
  }

  void to(Head head) {
    long files = DropSequence.file(head.lanes().at(lane));
    FileIndex.Reach wanted = new FileIndex.Reach(head.epoch(), files);
    FileIndex.Reach reach = index.reach(table.name());
    if (reach.equals(wanted)) {
      return;
    }
    if (reach.epoch() != head.epoch() || reach.files() > files) {
      index.forget(table.name());
      reach = FileIndex.Reach.NONE;
    }
    index.add(table.name(), files > reach.files() ? since(reach.files()) : List.of(), wanted);
  }

  /** The first record of each file tells of it. */
  private List<SeenFile> since(long first) {
    return table
        .lake()
        .read(table.name())
        .where(
            col("lane")
                .equalTo(lane.name())
                .and(col("sequence").geq(DropSequence.ofFile(first)))
                .and(col("sequence").mod(lit(DropSequence.PER_FILE)).equalTo(lit(1L))))
        .select(col("sequence"), col("headers").getItem(0).getField("value"))
        .collectAsList()
        .stream()
        .map((Row r) -> FileHeader.read(r.<byte[]>getAs(1), DropSequence.file(r.getLong(0))))
        .toList();
  }
}
