package dev.sluice.raw;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Position;
import java.util.Optional;

/** Something that should be read next and that the broker does not have. */
public sealed interface Loss {
  Lane lane();

  /** One sentence: what was expected and what the broker has. */
  String text();

  /** How far accepting the loss moves the lane; empty when no command can mend it. */
  Optional<LaneRange> closing();

  /** The broker deleted messages before they were taken. */
  record Expired(Lane lane, long next, long earliest) implements Loss {
    @Override
    public String text() {
      return "lane %s: offsets %d to %d are gone (%d of them), the next to take was %d and the broker's earliest is %d"
          .formatted(lane, next, earliest - 1, earliest - next, next, earliest);
    }

    @Override
    public Optional<LaneRange> closing() {
      return Optional.of(new LaneRange(next, earliest));
    }
  }

  /** The topic was deleted and made again: what the old one still held is not known. */
  record Recreated(Lane lane, long next, String currentId) implements Loss {
    @Override
    public String text() {
      return "lane %s: offsets from %d on are gone with their topic; the topic of that name now has id %s"
          .formatted(lane, next, currentId);
    }

    @Override
    public Optional<LaneRange> closing() {
      return Optional.of(new LaneRange(next, Position.CLOSED));
    }
  }

  /** The log ends before what was taken: the broker has lost its end and will reuse offsets. */
  record CutShort(Lane lane, long next, long end) implements Loss {
    @Override
    public String text() {
      return "lane %s: offsets up to %d were taken, but the broker's log now ends at %d, so new messages would reuse taken offsets; make the topic anew"
          .formatted(lane, next - 1, end);
    }

    @Override
    public Optional<LaneRange> closing() {
      return Optional.empty();
    }
  }
}
