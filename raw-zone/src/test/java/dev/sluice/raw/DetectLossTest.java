package dev.sluice.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Position;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DetectLossTest {

  @Test
  void whatIsStillThereIsNoLoss() {
    assertThat(DetectLoss.between(taken("id1", 0, 10), topic("id1", 0, 10, 30))).isEmpty();
    assertThat(DetectLoss.between(taken("id1", 0, 10), topic("id1", 0, 4, 10))).isEmpty();
  }

  @Test
  void retentionPastTheHeadIsALossOfExactlyTheOffsetsBetween() {
    Loss loss = DetectLoss.between(taken("id1", 0, 10), topic("id1", 0, 25, 30)).get(0);

    assertThat(loss).isEqualTo(new Loss.Expired(lane("id1", 0), 10, 25));
    assertThat(loss.closing()).contains(new LaneRange(10, 25));
    assertThat(loss.text()).contains("10 to 24", "15 of them");
  }

  @Test
  void aTopicThatWasNeverTakenIsBornAtItsEarliest() {
    assertThat(DetectLoss.between(Position.START, topic("id1", 0, 500, 900))).isEmpty();
    assertThat(topic("id1", 0, 500, 900).after(Position.START).get(0).next()).isEqualTo(500);
  }

  @Test
  void aNewPartitionOfAKnownTopicStartsAtZeroAndItsExpiredStartIsALoss() {
    KafkaTopic grown = topic("id1", 1, 3, 9);

    assertThat(DetectLoss.between(taken("id1", 0, 10), grown))
        .containsExactly(new Loss.Expired(lane("id1", 1), 0, 3));
  }

  @Test
  void aRecreatedTopicIsALossFromTheHeadOfEachOldLane() {
    Loss loss = DetectLoss.between(taken("old", 0, 10), topic("new", 0, 0, 4)).get(0);

    assertThat(loss).isEqualTo(new Loss.Recreated(lane("old", 0), 10, "new"));
    assertThat(loss.closing()).contains(new LaneRange(10, Position.CLOSED));
  }

  @Test
  void aClosedLaneIsNoLossAnyMore() {
    assertThat(DetectLoss.between(taken("old", 0, Position.CLOSED), topic("new", 0, 7, 9)))
        .isEmpty();
  }

  @Test
  void aLogThatEndsBeforeTheHeadIsALossThatNobodyCanAccept() {
    Loss loss = DetectLoss.between(taken("id1", 0, 10), topic("id1", 0, 0, 8)).get(0);

    assertThat(loss).isEqualTo(new Loss.CutShort(lane("id1", 0), 10, 8));
    assertThat(loss.closing()).isEmpty();
  }

  @Test
  void anotherTopicWithALongerNameIsAnotherTopic() {
    Position other = Position.of(Lane.ofKafka("local", "city.readings2", "x", 0), 5);

    assertThat(DetectLoss.between(other, topic("id1", 0, 0, 8))).isEmpty();
  }

  @Test
  void whatAnotherInstanceTakesMeanwhileIsNoLoss() {
    AtomicLong taken = new AtomicLong(10);

    TakenOfTopic now =
        TakenOfTopic.now(
            () -> taken("id1", 0, taken.getAndAdd(5)),
            () -> topic("id1", 0, 0, taken.getAndAdd(5)));

    assertThat(now.losses()).isEmpty();
    assertThat(taken).hasValue(20);
  }

  @Test
  void aLossIsALossWhenItIsSeenTwice() {
    Iterator<KafkaTopic> described =
        List.of(topic("id1", 0, 0, 8), topic("id1", 0, 0, 12)).iterator();

    assertThat(TakenOfTopic.now(() -> taken("id1", 0, 10), described::next).losses()).isEmpty();
    assertThat(TakenOfTopic.now(() -> taken("id1", 0, 10), () -> topic("id1", 0, 0, 8)).losses())
        .containsExactly(new Loss.CutShort(lane("id1", 0), 10, 8));
  }

  private static Lane lane(String id, int partition) {
    return Lane.ofKafka("local", "city.readings", id, partition);
  }

  private static Position taken(String id, int partition, long next) {
    return Position.of(lane(id, partition), next);
  }

  private static KafkaTopic topic(String id, int partition, long earliest, long end) {
    return new KafkaTopic(
        "local",
        "city.readings",
        id,
        new TreeMap<>(Map.of(partition, new KafkaTopic.Offsets(earliest, end))));
  }
}
