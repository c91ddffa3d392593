package dev.sluice.raw;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.fixture.AContract;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** A topic, the raw table it lands in and the jobs over both, for one test's own tenant. */
final class Landing implements AutoCloseable {
  private final AContract contract;
  private final Optional<TestTopic> topic;
  private final Path checkpoints;
  private KafkaSource source = KafkaProcess.source();

  private Landing(AContract contract, Optional<TestTopic> topic, Path checkpoints) {
    this.contract = contract;
    this.topic = topic;
    this.checkpoints = checkpoints;
  }

  static Landing of(String tenant, int partitions) {
    return of(tenant, partitions, Map.of());
  }

  static Landing of(String tenant, int partitions, Map<String, String> topicSettings) {
    AContract contract = AContract.of(tenant);
    TestTopic topic =
        TestTopic.create(KafkaProcess.source(), contract.topic(), partitions, topicSettings);
    return new Landing(contract, Optional.of(topic), SharedLake.folder().resolve("checkpoints"));
  }

  static Landing withoutTopic(String tenant) {
    return new Landing(
        AContract.of(tenant), Optional.empty(), SharedLake.folder().resolve("checkpoints"));
  }

  /** The same job whose contract names a drop folder beside the topic. */
  Landing besideFolder(String folder) {
    return new Landing(contract.withFolder(folder), topic, checkpoints);
  }

  Landing inBatchesOf(long rows) {
    return new Landing(contract.inBatchesOf(rows), topic, checkpoints);
  }

  Landing from(KafkaSource other) {
    source = other;
    return this;
  }

  Landing checkpointsIn(Path folder) {
    return new Landing(contract, topic, folder);
  }

  TestTopic topic() {
    return topic.orElseThrow();
  }

  Lake lake() {
    return SharedLake.lake();
  }

  String table() {
    return contract.contract().rawTable(contract.tenant());
  }

  Head head() {
    return lake().head(table());
  }

  Lane lane(int partition) {
    return topic().described().lane(partition);
  }

  LandKafkaInRaw job() {
    return new LandKafkaInRaw(
        lake(),
        source,
        contract.contract(),
        contract.tenant(),
        RunContext.start("test", Clock.systemUTC()),
        checkpoints,
        Clock.systemUTC(),
        Turns.NONE);
  }

  JobOutcome run() {
    return job().availableNow();
  }

  AcceptLoss acceptLoss(LossAudit audit) {
    return new AcceptLoss(
        lake(),
        source,
        contract.contract(),
        contract.tenant(),
        RunContext.start("test", Clock.systemUTC()),
        audit);
  }

  /** All rows in the order of lanes and sequences. */
  List<Row> rows() {
    return lake().read(table()).orderBy("lane", "sequence").collectAsList();
  }

  List<String> values() {
    return rows().stream().map(r -> new String(r.<byte[]>getAs("value"), UTF_8)).toList();
  }

  @Override
  public void close() {
    topic.ifPresent(TestTopic::close);
  }
}
