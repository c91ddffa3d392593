package dev.sluice.raw;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what was taken with what the broker still has. Only an earliest offset beyond the head
 * is a loss: offsets missing inside a lane are transaction markers or compacted away.
 */
final class DetectLoss {
  private DetectLoss() {}

  static List<Loss> between(Position taken, KafkaTopic topic) {
    List<Loss> losses = new ArrayList<>();
    taken
        .next()
        .forEach(
            (lane, next) -> {
              if (isOfAnEarlierTopic(lane, topic) && next != Position.CLOSED) {
                losses.add(new Loss.Recreated(lane, next, topic.id()));
              }
            });
    for (KafkaTopic.Progress partition : topic.after(taken)) {
      KafkaTopic.Offsets offsets = partition.offsets();
      if (offsets.earliest() > partition.next()) {
        losses.add(new Loss.Expired(partition.lane(), partition.next(), offsets.earliest()));
      } else if (offsets.end() < partition.next()) {
        losses.add(new Loss.CutShort(partition.lane(), partition.next(), offsets.end()));
      }
    }
    return List.copyOf(losses);
  }

  private static boolean isOfAnEarlierTopic(Lane lane, KafkaTopic topic) {
    return lane.name().startsWith(topic.namePrefix())
        && !lane.name().startsWith(topic.lanePrefix());
  }
}
