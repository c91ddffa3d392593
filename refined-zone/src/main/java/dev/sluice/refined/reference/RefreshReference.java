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
 * {@code ref/<name>}.
 */
public final class RefreshReference {
  private final Lake lake;
  private final ReferenceSource source;
  private final ReferenceTable reference;
  private final DataContract contract;
  private final TenantId tenant;
  private final RunContext run;
  private final String table;

  public RefreshReference(
      Lake lake,
      ReferenceSource source,
      ReferenceTable reference,
      DataContract contract,
      TenantId tenant,
      RunContext run) {
    this.lake = lake;
    this.source = source;
    this.reference = reference;
    this.contract = contract;
    this.tenant = tenant;
    this.run = run;
    this.table = Zone.REFERENCE.table(tenant, reference.name());
  }

  /** Does the work; what can be expected to happen is the outcome, anything else is thrown. */
  public JobOutcome run() {
    try {
      return refresh();
    } catch (CannotRefine e) {
      return e.outcome();
    }
  }

  /** What {@link #run()} would do now. */
  public JobPlan plan() {
    try {
      long next = version(head()) + 1;
      List<Row> rows = read();
      boolean same = sameContent(frame(rows));
      return new JobPlan(
          List.of(
              source + " has " + rows.size() + " rows",
              same
                  ? table + " has the same content"
                  : table + " differs and would become version " + next),
          same);
    } catch (CannotRefine e) {
      return new JobPlan(List.of("would fail: " + e.getMessage()), false);
    }
  }

  private JobOutcome refresh() {
    Head head = head();
    List<Row> rows = read();
    Dataset<Row> content = frame(rows);
    if (sameContent(content)) {
      return new JobOutcome.NothingToDo(table + " has the same content as " + source);
    }
    try {
      StampedWrite.overwrite(content, table, lit(true), stamp(head), Optional.empty());
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
            rows.size(),
            Map.of("version", version(head) + 1)));
  }

  private List<Row> read() {
    List<Row> rows = new ReadReference(source, reference).rows();
    new CheckKeys(source, reference).of(rows);
    return rows;
  }

  private Head head() {
    if (!lake.exists(table)) {
      throw new CannotRefine(
          FailureKind.SETUP,
          "Table " + table + " does not exist. To do: apply the contract, which creates it");
    }
    return Heads.of(lake.table(table));
  }

  private Stamp stamp(Head head) {
    long from = version(head);
    return NextStamp.on(
        head,
        run,
        contract,
        Map.of(Lane.ofReference(reference.name()), new LaneRange(from, from + 1)),
        Optional.empty(),
        head.edition() == 0 ? Touched.NOTHING : Touched.ALL);
  }

  private long version(Head head) {
    return head.lanes().at(Lane.ofReference(reference.name()));
  }

  private Dataset<Row> frame(List<Row> rows) {
    return lake.spark().createDataFrame(rows, schema());
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

  private boolean sameContent(Dataset<Row> content) {
    Dataset<Row> current =
        lake.read(table)
            .select(
                reference.columns().stream()
                    .map(c -> col("`" + c.name() + "`"))
                    .toArray(Column[]::new));
    return content.exceptAll(current).isEmpty() && current.exceptAll(content).isEmpty();
  }

  private static boolean isOvertaken(Refused refused) {
    return refused.why() == Refused.Why.ALREADY_TAKEN
        || refused.why() == Refused.Why.LANE_MOVED_ON
        || refused.why() == Refused.Why.EDITION;
  }
}
