package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import java.util.Set;
import java.util.SortedMap;

/** Compares one stamp with a head and gives the head after it, or refuses. */
final class ApplyStamp {
  private final String table;
  private final Set<Rule> rules;

  ApplyStamp(String table, Set<Rule> rules) {
    this.table = table;
    this.rules = rules;
  }

  Head on(Head head, Stamp stamp) {
    if (rules.contains(Rule.EPOCH) && stamp.epoch() != head.epoch()) {
      throw refuse(
          Refused.Why.STALE_EPOCH,
          stamp,
          "epoch " + head.epoch(),
          "epoch " + stamp.epoch(),
          "the table was rewound; read the head again");
    }
    if (rules.contains(Rule.COMPARE_AND_SET)) {
      compareLanes(head, stamp);
    }
    if (rules.contains(Rule.EDITION) && stamp.edition() != head.edition() + 1) {
      throw refuse(
          Refused.Why.EDITION,
          stamp,
          "edition " + (head.edition() + 1),
          "edition " + stamp.edition(),
          "another commit was published meanwhile; read the head and write the rows again");
    }
    return new Head(
        head.epoch(),
        Math.max(stamp.edition(), head.edition()),
        head.lanes().advancedBy(stamp.lanes()));
  }

  private void compareLanes(Head head, Stamp stamp) {
    SortedMap<Lane, LaneRange> lanes = stamp.lanes();
    boolean allTaken =
        !lanes.isEmpty()
            && lanes.entrySet().stream()
                .allMatch(
                    e ->
                        e.getValue().from() != head.lanes().at(e.getKey())
                            && e.getValue().until() <= head.lanes().at(e.getKey()));
    lanes.forEach(
        (lane, range) -> {
          long at = head.lanes().at(lane);
          if (range.from() == at) {
            return;
          }
          String expected = "lane " + lane + " from " + at;
          String came = "[" + range.from() + ", " + range.until() + ")";
          if (allTaken) {
            throw refuse(
                Refused.Why.ALREADY_TAKEN, stamp, expected, came, "nothing: it is there already");
          }
          if (range.from() > at) {
            throw refuse(
                Refused.Why.LANE_GAP,
                stamp,
                expected,
                came,
                "read the head again; sequences between would be lost");
          }
          throw refuse(
              Refused.Why.LANE_MOVED_ON,
              stamp,
              expected,
              came,
              "another writer has taken part of it; read the head again");
        });
  }

  private Refused refuse(Refused.Why why, Stamp stamp, String expected, String came, String todo) {
    return new Refused(
        why,
        table
            + " expects "
            + expected
            + "; run "
            + stamp.run()
            + " came with "
            + came
            + ". To do: "
            + todo);
  }
}
