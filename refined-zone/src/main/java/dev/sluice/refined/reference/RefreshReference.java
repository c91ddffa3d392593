package dev.sluice.refined.reference;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.StampedWrite;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.Refused;
import dev.sluice.refined.CannotRefine;
import dev.sluice.refined.ReferenceKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Brings reference data from Postgres into its table in the lake, as a new version when, and only
 * when, its content differs, in whatever order the rows come. The version is the sequence of lane
 * {@code ref/<name>}; with it the table remembers which keys came, changed or went, where another
 * table remembers partitions (see {@link ReferenceKeys}).
 */
public final class RefreshReference {
  private static final long ALL = -1;

  private final Lake lake;
  private final ReferenceSource source;
  private final ReferenceTable reference;
  private final DataContract contract;
  private final TenantId tenant;
  private final RunContext run;
  private final ReferenceSize size;
  private final String table;

  public RefreshReference(
      Lake lake,
      ReferenceSource source,
      ReferenceTable reference,
      DataContract contract,
      TenantId tenant,
      RunContext run) {
    this(lake, source, reference, contract, tenant, run, ReferenceSize.USUAL);
  }

  RefreshReference(
      Lake lake,
      ReferenceSource source,
      ReferenceTable reference,
      DataContract contract,
      TenantId tenant,
      RunContext run,
      ReferenceSize size) {
    this.lake = lake;
    this.source = source;
    this.reference = reference;
    this.contract = contract;
    this.tenant = tenant;
    this.run = run;
    this.size = size;
    this.table = Zone.REFERENCE.table(tenant, reference.name());
  }

  /** Does the work; what can be expected to happen is the outcome, anything else is thrown. */
  public JobOutcome run() {
    try {
      return refresh();
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      Optional<CannotRefine> fault = expected(e);
      if (fault.isPresent()) {
        return fault.get().outcome();
      }
      throw e;
    }
  }

  /** What {@link #run()} would do now. */
  public JobPlan plan() {
    try {
      long next = version(head()) + 1;
      try (ReferenceContent content = read()) {
        Optional<Touched> changed = changed(content.rows());
        return new JobPlan(
            List.of(
                source + " has " + content.count() + " rows",
                changed
                    .map(keys -> table + " would become version " + next + ": " + keysChanged(keys))
                    .orElse(table + " has the same content")),
            changed.isEmpty());
      }
    } catch (Exception e) {
      Optional<CannotRefine> fault = expected(e);
      if (fault.isPresent()) {
        return new JobPlan(List.of("would fail: " + fault.get().getMessage()), false);
      }
      throw e;
    }
  }

  private JobOutcome refresh() {
    Head head = head();
    try (ReferenceContent content = read()) {
      Optional<Touched> changed = changed(content.rows());
      if (changed.isEmpty()) {
        return new JobOutcome.NothingToDo(table + " has the same content as " + source);
      }
      Touched keys = head.edition() == 0 ? Touched.NOTHING : changed.get();
      try {
        StampedWrite.overwrite(
            content.rows(), table, lit(true), stamp(head, keys), Optional.empty());
      } catch (Refused e) {
        if (isOvertaken(e)) {
          return new JobOutcome.Busy("Another run has just written " + table + "; run it again");
        }
        throw e;
      }
      return new JobOutcome.Done(
          StepFigures.allPublished(
              "reference",
              reference.name(),
              tenant.name(),
              content.count(),
              Map.of(
                  "version",
                  version(head) + 1,
                  "changedKeys",
                  changed.get().all() ? ALL : changed.get().partitions().size(),
                  "parts",
                  (long) content.parts())));
    }
  }

  private ReferenceContent read() {
    return new ReadReference(lake.spark(), source, reference, size).content(schema());
  }

  /** What was expected to go wrong, also when it went wrong in a task. */
  private static Optional<CannotRefine> expected(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotRefine cannot) {
        return Optional.of(cannot);
      }
    }
    return Optional.empty();
  }

  private Head head() {
    if (!lake.exists(table)) {
      throw new CannotRefine(
          FailureKind.SETUP,
          "Table " + table + " does not exist. To do: apply the contract, which creates it");
    }
    return Heads.of(lake.table(table));
  }

  private Stamp stamp(Head head, Touched keys) {
    long from = version(head);
    return NextStamp.on(
        head,
        run,
        contract,
        Map.of(Lane.ofReference(reference.name()), new LaneRange(from, from + 1)),
        Optional.empty(),
        keys);
  }

  private long version(Head head) {
    return head.lanes().at(Lane.ofReference(reference.name()));
  }

  private StructType schema() {
    return new StructType(
        reference.columns().stream()
            .map(
                c ->
                    new StructField(
                        c.name(),
                        DataType.fromDDL(c.type().ddl()),
                        !c.required(),
                        Metadata.empty()))
            .toArray(StructField[]::new));
  }

  /** What differs between the table and its source; empty when nothing does. */
  private Optional<Touched> changed(Dataset<Row> content) {
    Dataset<Row> current =
        lake.read(table)
            .select(
                reference.columns().stream()
                    .map(c -> col("`" + c.name() + "`"))
                    .toArray(Column[]::new));
    return ReferenceKeys.changed(reference, current, content);
  }

  private static String keysChanged(Touched keys) {
    return keys.all() ? "any key may have changed" : keys.partitions().size() + " keys changed";
  }

  private static boolean isOvertaken(Refused refused) {
    return refused.why() == Refused.Why.ALREADY_TAKEN
        || refused.why() == Refused.Why.LANE_MOVED_ON
        || refused.why() == Refused.Why.EDITION;
  }
}
