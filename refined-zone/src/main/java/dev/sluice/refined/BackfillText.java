package dev.sluice.refined;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.run.BackfillRange;
import java.util.List;
import java.util.Locale;

/** A product's backfill in words; of partitions it tells the first and the last. */
final class BackfillText {
  private BackfillText() {}

  static String of(Product product, BackfillRange range, List<Touched> pieces) {
    String mode = range.mode().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String events = "events from " + range.from() + " until " + range.until();
    if (pieces.isEmpty()) {
      return product.name() + ": nothing to do again (" + mode + ", " + events + ")";
    }
    long partitions = pieces.stream().mapToLong(piece -> piece.partitions().size()).sum();
    return product.name()
        + ": "
        + (pieces.get(0).all() ? "all" : partitions)
        + " partitions by "
        + product.partition()
        + " to do again, in "
        + pieces.size()
        + " pieces ("
        + mode
        + ", "
        + events
        + ")";
  }

  static String of(Touched piece) {
    if (piece.all()) {
      return "all partitions";
    }
    return piece.partitions().size() == 1
        ? piece.partitions().first()
        : piece.partitions().first() + " to " + piece.partitions().last();
  }
}
