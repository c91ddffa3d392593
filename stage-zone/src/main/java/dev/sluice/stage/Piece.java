package dev.sluice.stage;

import dev.sluice.catalog.contract.EventPeriod;
import dev.sluice.catalog.position.Touched;
import java.util.ArrayList;
import java.util.List;

/**
 * Periods that are done again together and published by one commit: a commit costs the same for a
 * day of few rows as for a month of them.
 *
 * @param periods at least one, in the order in which they are done
 */
record Piece(List<PeriodToDo> periods) {
  private static final int PERIODS_AT_MOST = 31;

  Piece {
    periods = List.copyOf(periods);
  }

  /**
   * Cuts what is to do where a piece would have more rows than this; a period of more rows is a
   * piece of its own.
   */
  static List<Piece> cut(List<PeriodToDo> all, long rows) {
    List<Piece> pieces = new ArrayList<>();
    List<PeriodToDo> piece = new ArrayList<>();
    long size = 0;
    for (PeriodToDo each : all) {
      if (!piece.isEmpty() && (size + each.size() > rows || piece.size() == PERIODS_AT_MOST)) {
        pieces.add(new Piece(piece));
        piece.clear();
        size = 0;
      }
      piece.add(each);
      size += each.size();
    }
    if (!piece.isEmpty()) {
      pieces.add(new Piece(piece));
    }
    return pieces;
  }

  /** Places of quarantined rows that would come into it today. */
  Places waiting() {
    return periods.stream().map(PeriodToDo::waiting).reduce(Places.none(), Places::and);
  }

  /** How a stamp names its periods. */
  Touched touched() {
    return all().stream().map(EventPeriod::touched).reduce(Touched.NOTHING, Touched::and);
  }

  /** Its periods, the earliest first. */
  List<EventPeriod> all() {
    return periods.stream().map(PeriodToDo::period).sorted().toList();
  }

  /** The first period it does, and the last one if it does several. */
  String text() {
    String first = periods.get(0).period().text();
    return periods.size() == 1
        ? first
        : first + " to " + periods.get(periods.size() - 1).period().text();
  }
}
