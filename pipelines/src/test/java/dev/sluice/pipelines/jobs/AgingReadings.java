package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ServiceLevels;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.privacy.KeysetFiles;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.StampedWrite;
import dev.sluice.catalog.publishing.fixture.AContract;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.ZoneTables;
import dev.sluice.pipelines.registry.Database;
import dev.sluice.pipelines.registry.KeptRecipes;
import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.registry.TableUses;
import dev.sluice.pipelines.registry.TestPostgres;
import dev.sluice.pipelines.runner.StepPlace;
import dev.sluice.refined.DropProduct;
import dev.sluice.refined.PromoteStageToRefined;
import dev.sluice.refined.RebuildProduct;
import dev.sluice.refined.export.ExportedHead;
import dev.sluice.stage.PromoteRawToStage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;

/** A tenant's readings in the shared lake: they land, move on and are ten days later too old. */
final class AgingReadings {
  static final Duration KEPT = Duration.ofDays(10);
  private static final Database DATABASE = TestPostgres.migrated();
  private static final Lane LANE = new Lane("local/readings@abc/0");
  private static final String BY_DAY = "readings_by_day";

  final Lake lake = SharedLake.lake();
  private final TenantId tenant;
  private final Optional<String> hold;
  private final Set<String> pending;
  private final boolean leaves;
  private final WrappedKeyset keyset;
  private long landed;

  private AgingReadings(String tenant, Optional<String> hold, boolean leaves, Set<String> pending) {
    this.tenant = new TenantId(tenant);
    this.hold = hold;
    this.leaves = leaves;
    this.pending = Set.copyOf(pending);
    this.keyset =
        new KeysetFiles(SharedLake.folder().resolve("keys"), KeysetFiles.Profile.EMBEDDED)
            .createIfMissing(this.tenant);
    ZoneTables tables = new ZoneTables(lake.catalog());
    tables.raw(contract(), this.tenant);
    tables.product(contract(), this.tenant, product());
  }

  /** Of a tenant that exports nothing. */
  static AgingReadings of(String tenant) {
    return new AgingReadings(tenant, Optional.empty(), false, Set.of());
  }

  /** Of a tenant that exports its product, and has exported nothing but what is said. */
  static AgingReadings leaving(String tenant, Set<String> pending) {
    return new AgingReadings(tenant, Optional.empty(), true, pending);
  }

  /** The same tenant's, while the contract says why nothing may go. */
  AgingReadings under(String why) {
    AgingReadings same = new AgingReadings(tenant.name(), Optional.of(why), leaves, pending);
    same.landed = landed;
    return same;
  }

  /** Lands one reading on the day on which it was read, as an edition of its own. */
  AgingReadings land(String day) {
    return land(day, day);
  }

  AgingReadings land(String readOn, String landedOn) {
    String event =
        "{\"reading_oid\":%d,\"read_at\":\"%sT10:00:00Z\",\"amount\":1.5}"
            .formatted(landed, readOn);
    StampedWrite.append(
        lake.spark()
            .sql(
                """
                SELECT '%s' AS lane, %dL AS sequence, timestamp '%s 12:00:00' AS source_time,
                  timestamp '%s 12:00:00' AS landed_at, cast(null AS binary) AS key,
                  cast('%s' AS binary) AS value,
                  cast(null AS array<struct<key:string,value:binary>>) AS headers
                """
                    .formatted(LANE.name(), landed, landedOn, landedOn, event)),
        raw(),
        NextStamp.on(
            lake.head(raw()), run(), contract(), Map.of(LANE, new LaneRange(landed, landed + 1))),
        Optional.empty());
    landed++;
    return this;
  }

  AgingReadings promote() {
    new PromoteRawToStage(lake, contract(), tenant, keyset, run()).run();
    return this;
  }

  AgingReadings refine() {
    new PromoteStageToRefined(lake, contract(), tenant, product(), run()).run();
    return this;
  }

  /** Lets go what is too old in a table on a day; the outcome's name. */
  String expire(String table, String on) {
    return expiry(on)
        .filter(job -> job.place().dataSet().equals(table))
        .map(job -> name(job.run().get()))
        .collect(Collectors.joining());
  }

  /** Lets go what is too old in any table on a day, as a run does; the outcomes by table. */
  Map<String, String> expire(String on) {
    Map<String, String> outcomes = new TreeMap<>();
    expiry(on).forEach(job -> outcomes.put(job.place().dataSet(), name(job.run().get())));
    return outcomes;
  }

  private Stream<Job> expiry(String on) {
    return new WireExpiry(
            () -> lake, List.of(contract()), contract(), tenant, run(), this::needed, midnight(on))
        .jobs().stream();
  }

  /** Drops the product if nobody has used it for so long on a day; the outcome's name. */
  String retire(Duration unusedFor, String on) {
    return name(
        new RetireProduct(
                new DropProduct(
                    lake, contract(), tenant, product(), run(), new KeptRecipes(DATABASE)),
                byDay(),
                unusedFor,
                new StepPlace("refine", contract().id(), BY_DAY, tenant),
                run().id(),
                new Leases(DATABASE, Duration.ofMinutes(5)),
                uses(),
                midnight(on),
                () -> needed().held().or(() -> needed().notExported(product())))
            .perform());
  }

  /** Brings the product back of what its inputs hold now; the outcome's name. */
  String rebuild() {
    return name(
        new RebuildProduct(
                lake, contract(), tenant, product(), run(), new KeptRecipes(DATABASE), true)
            .run());
  }

  AgingReadings usedOn(String day) {
    uses().note(List.of(byDay()), TableUses.Kind.QUERY, midnight(day));
    return this;
  }

  /** The product's days with their numbers of readings; "gone" when it does not stand. */
  String days() {
    return !lake.exists(byDay())
        ? "gone"
        : lake
            .read(byDay())
            .sort("day")
            .selectExpr("concat_ws(' ', day, readings)")
            .as(Encoders.STRING())
            .collectAsList()
            .stream()
            .collect(Collectors.joining(", ", "[", "]"));
  }

  long rows(String table) {
    return lake.read(table).count();
  }

  String raw() {
    return contract().rawTable(tenant);
  }

  String stage() {
    return contract().stageTable(tenant);
  }

  String byDay() {
    return Zone.REFINED.table(tenant, BY_DAY);
  }

  private StillNeeded needed() {
    return new StillNeeded(
        lake,
        contract(),
        tenant,
        product ->
            pending.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    new ExportedHead(
                        ExportedHead.NONE.position(),
                        ExportedHead.NONE.positionText(),
                        1,
                        0,
                        0,
                        Map.of(),
                        new TreeSet<>(pending),
                        new TreeSet<>(),
                        "")));
  }

  private DataContract contract() {
    DataContract readings = AContract.of(tenant.name()).contract();
    return new DataContract(
        readings.id(),
        readings.version(),
        readings.tenants(),
        readings.source(),
        readings.stage(),
        readings.references(),
        List.of(product()),
        readings.owner(),
        readings.upkeep(),
        new ServiceLevels(
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Map.of(ServiceLevels.RAW, KEPT, readings.stage().name(), KEPT, BY_DAY, KEPT),
            hold),
        readings.text(),
        readings.evolution());
  }

  private Product product() {
    return new Product(
        BY_DAY,
        "SELECT cast(read_at AS date) AS day, count(*) AS readings FROM readings"
            + " GROUP BY cast(read_at AS date)",
        Map.of(),
        List.of(new Product.Input("readings", Optional.of("cast(read_at AS date)"))),
        "day",
        List.of(
            column("day", ColumnType.Simple.DATE), column("readings", ColumnType.Simple.BIGINT)),
        List.of(),
        leaves
            ? Optional.of(
                new ExportPolicy(
                    List.of("day", "readings"),
                    List.of("day"),
                    new ExportPolicy.Counted.Contributors("readings"),
                    2,
                    List.of(),
                    1,
                    1,
                    1_000,
                    Duration.ZERO))
            : Optional.empty());
  }

  private static Product.ProductColumn column(String name, ColumnType type) {
    return new Product.ProductColumn(name, type, false, false, Classification.OPEN, "");
  }

  private static TableUses uses() {
    return new TableUses(DATABASE);
  }

  private static RunContext run() {
    return RunContext.start("test", Clock.systemUTC());
  }

  private static Instant midnight(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }

  private static String name(JobOutcome outcome) {
    return outcome.getClass().getSimpleName();
  }
}
