package dev.sluice.raw;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A topic as its broker described it.
 *
 * @param id the broker's id of this very topic; a recreated topic has another
 * @param partitions what each partition holds now
 */
record KafkaTopic(String cluster, String name, String id, SortedMap<Integer, Offsets> partitions) {
  KafkaTopic {
    partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
  }

  /**
   * What a partition holds.
   *
   * @param earliest the first offset that can still be read
   * @param end the next offset after the last that belongs to a finished transaction or to none
   */
  record Offsets(long earliest, long end) {}

  Lane lane(int partition) {
    return Lane.ofKafka(cluster, name, id, partition);
  }

  /** What the lanes of this topic's partitions have in front of the partition. */
  String lanePrefix() {
    return cluster + "/" + name + "@" + id + "/";
  }

  /** What the lanes of all topics that ever had this name have in front. */
  String namePrefix() {
    return namePrefix(cluster, name);
  }

  /** {@link #namePrefix()} of a topic that may not be there. */
  static String namePrefix(String cluster, String name) {
    return cluster + "/" + name + "@";
  }

  private boolean isKnownTo(Position taken) {
    return taken.next().keySet().stream().anyMatch(l -> l.name().startsWith(lanePrefix()));
  }

  /**
   * One partition seen from what was taken.
   *
   * @param next where reading goes on: where the lane stands, or at the earliest offset when
   *     nothing was ever taken from this topic
   */
  record Progress(int partition, Lane lane, long next, Offsets offsets) {
    /** What can be read now. */
    LaneRange pending() {
      return new LaneRange(next, Math.max(next, offsets.end()));
    }
  }

  /** All partitions in their order. */
  List<Progress> after(Position taken) {
    boolean known = isKnownTo(taken);
    List<Progress> all = new ArrayList<>();
    partitions.forEach(
        (partition, offsets) -> {
          Lane lane = lane(partition);
          long next = known ? taken.at(lane) : offsets.earliest();
          all.add(new Progress(partition, lane, next, offsets));
        });
    return List.copyOf(all);
  }
}
