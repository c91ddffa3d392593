package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import java.util.Optional;
import java.util.TreeMap;

/** Stamps for tests: edition 1 of epoch 0, taking nothing, unless said otherwise. */
record AStamp(
    String run,
    long epoch,
    long edition,
    Optional<String> branch,
    TreeMap<Lane, LaneRange> lanes,
    Touched touched) {
  static final String CAMERA = "local/cams@x/0";
  static final String OTHER = "local/cams@x/1";

  static AStamp ofEdition(long edition) {
    return new AStamp("r1", 0, edition, Optional.empty(), new TreeMap<>(), Touched.NOTHING);
  }

  /** The next edition of a table with this head. */
  static AStamp after(Head head) {
    return ofEdition(head.edition() + 1).epoch(head.epoch());
  }

  AStamp run(String name) {
    return new AStamp(name, epoch, edition, branch, lanes, touched);
  }

  AStamp epoch(long number) {
    return new AStamp(run, number, edition, branch, lanes, touched);
  }

  AStamp branch(String name) {
    return new AStamp(run, epoch, edition, Optional.of(name), lanes, touched);
  }

  AStamp taking(String lane, long from, long until) {
    TreeMap<Lane, LaneRange> more = new TreeMap<>(lanes);
    more.put(new Lane(lane), new LaneRange(from, until));
    return new AStamp(run, epoch, edition, branch, more, touched);
  }

  AStamp touching(Touched what) {
    return new AStamp(run, epoch, edition, branch, lanes, what);
  }

  Stamp stamp() {
    return new Stamp(
        run, "video-detections", "1.0.0", "test", epoch, edition, branch, lanes, touched);
  }

  String text() {
    return StampText.write(stamp());
  }
}
