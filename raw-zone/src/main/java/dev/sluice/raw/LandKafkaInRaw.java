package dev.sluice.raw;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Position;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Refused;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lands the messages of one topic in the raw table of a data set and a tenant: exactly the bytes,
 * key, headers, place and time, each message once. Reading goes on where the table's head stands;
 * what a crash left undone the next run does. One object is one run.
 */
public final class LandKafkaInRaw {
  private static final Logger LOG = LoggerFactory.getLogger(LandKafkaInRaw.class);

  private final RawTable table;
  private final KafkaSource source;
  private final Clock clock;
  private final StreamTopic stream;

  /** A run that keeps its checkpoint in the system's temporary folder. */
  public LandKafkaInRaw(
      Lake lake, KafkaSource source, DataContract contract, TenantId tenant, RunContext run) {
    this(
        lake,
        source,
        contract,
        tenant,
        run,
        Path.of(System.getProperty("java.io.tmpdir", ".")),
        Clock.systemUTC(),
        Turns.NONE);
  }

  /**
   * @param checkpoints folder for the run's checkpoint, which is deleted at its end
   * @param clock gives each batch its landing time
   * @param turns with the landing of a folder into the same table
   */
  public LandKafkaInRaw(
      Lake lake,
      KafkaSource source,
      DataContract contract,
      TenantId tenant,
      RunContext run,
      Path checkpoints,
      Clock clock,
      Turns turns) {
    this.table = new RawTable(lake, contract, tenant, run, turns);
    this.source = source;
    this.clock = clock;
    this.stream = new StreamTopic(source, checkpoints);
  }

  /** Lands what is there now, in bounded batches, and ends. */
  public JobOutcome availableNow() {
    return land(Pace.onceWhatIsThere(), figures -> {});
  }

  /**
   * Lands what comes until {@link #stop()} or a failure.
   *
   * @param every how often a batch is started at most
   * @param eachCommit is told the figures of every commit
   */
  public JobOutcome continuous(Duration every, Consumer<StepFigures> eachCommit) {
    return land(Pace.every(every), eachCommit);
  }

  /** Lets a continuous run end after the batch it is at; safe from any thread. */
  public void stop() {
    stream.stop();
  }

  /**
   * What lies between the head and the end of each lane now.
   *
   * @throws SourceUnavailable when the broker or the topic is not there
   */
  public SortedMap<Lane, LaneRange> pending() {
    try (DescribeTopic broker = new DescribeTopic(source)) {
      return TakenOfTopic.now(table, broker).pending();
    }
  }

  /**
   * What a run would take, or why it would stop.
   *
   * @throws SourceUnavailable when the broker or the topic is not there
   */
  public JobPlan plan() {
    try (DescribeTopic broker = new DescribeTopic(source)) {
      TakenOfTopic now = TakenOfTopic.now(table, broker);
      List<Loss> losses = now.losses();
      return losses.isEmpty()
          ? LandingPlan.of(table.name(), now.pending(), now.gone())
          : new JobPlan(List.of(LossFound.message(table, source, losses)), false);
    } catch (TopicMissing e) {
      return fromFilesAlone().map(why -> new JobPlan(List.of(why), true)).orElseThrow(() -> e);
    }
  }

  private JobOutcome land(Pace pace, Consumer<StepFigures> eachCommit) {
    try (DescribeTopic broker = new DescribeTopic(source)) {
      TakenOfTopic now = TakenOfTopic.now(table, broker);
      table.createIfMissing();
      List<Loss> losses = now.losses();
      if (!losses.isEmpty()) {
        return LossFound.outcome(table, source, losses);
      }
      Position start = bornAtEarliest(now);
      if (pace.once() && now.pending().values().stream().allMatch(r -> r.length() == 0)) {
        return new JobOutcome.NothingToDo(nothing(now));
      }
      return new LandBatches(table, source, broker, stream, clock, eachCommit)
          .from(start, now.topic(), now.gone(), pace);
    } catch (TopicMissing e) {
      return (pace.once() ? fromFilesAlone() : Optional.<String>empty())
          .<JobOutcome>map(JobOutcome.NothingToDo::new)
          .orElseGet(() -> new JobOutcome.Failed(e.kind(), String.valueOf(e.getMessage())));
    } catch (Refused | SourceUnavailable e) {
      return ExplainLandingFailure.of(e, table).orElseThrow(() -> e);
    }
  }

  private String nothing(TakenOfTopic now) {
    String text =
        table.name() + " has all that " + source + " holds of topic " + now.topic().name();
    return now.gone().isEmpty() ? text : text + "; " + String.join("; ", now.gone().lines());
  }

  /**
   * Why a missing topic is no fault: the contract has a folder too, and no topic of this name ever
   * gave anything.
   */
  private Optional<String> fromFilesAlone() {
    DataContract.Source from = table.contract().source();
    String topic = from.topic(table.tenant());
    String before = KafkaTopic.namePrefix(source.cluster(), topic);
    boolean everTaken =
        table.head().lanes().next().keySet().stream()
            .anyMatch(lane -> lane.name().startsWith(before));
    return from.folder().isEmpty() || everTaken
        ? Optional.empty()
        : Optional.of(
            source + " has no topic " + topic + " yet; the contract has files dropped besides");
  }

  /**
   * A topic of which nothing was ever taken is taken from what its broker still holds; that this
   * lies above 0 is written down first, so that the lanes have no gap.
   */
  private Position bornAtEarliest(TakenOfTopic now) {
    AlreadyGone gone = now.gone();
    if (!gone.isEmpty()) {
      table.passOver(gone.ranges());
      gone.lines().forEach(line -> LOG.info("{}: {}", table.name(), line));
    }
    return now.taken().advancedBy(gone.ranges());
  }
}
