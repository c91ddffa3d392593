package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.Refused;
import dev.sluice.refined.TakeNews.Taken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.spark.sql.Encoders;

/**
 * Computes the partitions of a product again to which the events of a stretch of time contribute,
 * in pieces that are published one by one: those that lack rows, or all. First the product takes
 * the news of its inputs as every refinement does; that is all that {@link Mode#CHANGED} asks for,
 * because news name what they rewrote, and a changed definition recomputes everything.
 *
 * <p>A piece takes nothing new and moves no lane. Of a piece and a refinement at the same time one
 * wins by the guard, and the other is computed again from where the product then stands. A backfill
 * that was killed is gone on with by the same backfill.
 */
public final class BackfillProduct {
  /** A kill loses one piece; each piece is a commit, and an edition for those who read on. */
  static final int PARTITIONS_PER_PIECE = 24;

  private static final int TRIES = 3;

  private final Lake lake;
  private final DataContract contract;
  private final TenantId tenant;
  private final Product product;
  private final RunContext run;
  private final BackfillRange range;
  private final BackfillObserver observer;
  private final int perPiece;

  public BackfillProduct(
      Lake lake,
      DataContract contract,
      TenantId tenant,
      Product product,
      RunContext run,
      BackfillRange range,
      BackfillObserver observer) {
    this(lake, contract, tenant, product, run, range, observer, PARTITIONS_PER_PIECE);
  }

  /**
   * @param perPiece how many partitions are published at a time
   */
  public BackfillProduct(
      Lake lake,
      DataContract contract,
      TenantId tenant,
      Product product,
      RunContext run,
      BackfillRange range,
      BackfillObserver observer,
      int perPiece) {
    this.lake = lake;
    this.contract = contract;
    this.tenant = tenant;
    this.product = product;
    this.run = run;
    this.range = range;
    this.observer = observer;
    this.perPiece = perPiece;
  }

  /** Does the work; what can be expected to happen is the outcome, anything else is thrown. */
  public JobOutcome run() {
    return SqlFault.told(product, this::backfill);
  }

  /** What {@link #run()} would do now; computes nothing. */
  public JobPlan plan() {
    JobPlan news = refinement().plan();
    if (range.mode() == Mode.CHANGED || !lake.exists(table())) {
      return news;
    }
    List<String> lines = new ArrayList<>(news.lines());
    List<Touched> pieces = pieces(mark().look());
    lines.add(BackfillText.of(product, range, pieces));
    pieces.forEach(piece -> lines.add("  " + BackfillText.of(piece)));
    return new JobPlan(lines, news.nothingToDo() && pieces.isEmpty());
  }

  private JobOutcome backfill() {
    long begun = range.mode() == Mode.FORCE && lake.exists(table()) ? mark().edition() : 0;
    observer.beforePiece();
    Taken news = news();
    if (!news.isGood() && !news.isBlocked()) {
      return news.outcome();
    }
    List<Touched> pieces = range.mode() == Mode.CHANGED ? List.of() : pieces(begun);
    if (range.mode() != Mode.CHANGED) {
      observer.say(BackfillText.of(product, range, pieces));
    }
    BackfillFigures figures = BackfillFigures.of(product.name(), tenant.name(), news);
    JobOutcome outcome = done(pieces, figures).orElse(news.outcome());
    if (news.isBlocked() && outcome instanceof JobOutcome.Done) {
      Taken again = news(); // what was missing may have been what blocked it
      outcome = again.isGood() ? outcome : again.outcome();
    }
    if (range.mode() == Mode.FORCE
        && (outcome instanceof JobOutcome.Done || outcome instanceof JobOutcome.NothingToDo)) {
      mark().remove();
    }
    return outcome;
  }

  private Taken news() {
    Taken taken = new TakeNews(lake, product, table(), refinement()).run();
    if (taken.outcome() instanceof JobOutcome.Done) {
      observer.say(product.name() + ": took the news of its inputs: " + taken.change().text());
    }
    return taken;
  }

  /** Empty when neither a piece nor the news had anything to publish. */
  private Optional<JobOutcome> done(List<Touched> pieces, BackfillFigures before) {
    BackfillFigures figures = before;
    for (Touched piece : pieces) {
      observer.beforePiece();
      Optional<BackfillPiece.Done> tried = firstThatHolds(piece);
      if (tried.isEmpty()) {
        return Optional.of(
            new JobOutcome.Busy(
                table()
                    + " was moved by another writer in each of "
                    + TRIES
                    + " tries; run the same backfill again later, it goes on where it stopped"));
      }
      BackfillPiece.Done done = tried.get();
      if (done.isBlocked()) {
        return Optional.of(
            new JobOutcome.Blocked(figures.heldBack(done), done.rules(), done.sample(), table()));
      }
      if (done.published()) {
        figures = figures.with(done, piece);
      }
      observer.say(BackfillText.of(piece) + ": " + done.change().text());
    }
    return figures.isNothing()
        ? Optional.empty()
        : Optional.of(new JobOutcome.Done(figures.done()));
  }

  /** Empty when main moved in each try. */
  private Optional<BackfillPiece.Done> firstThatHolds(Touched piece) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        return Optional.of(new BackfillPiece(lake, contract, tenant, product, run).of(piece));
      } catch (Refused e) {
        if (!PromoteStageToRefined.movedOn(e)) {
          throw e;
        }
      } catch (CommitFailedException e) {
        continue; // start from where main is now
      }
    }
    return Optional.empty();
  }

  /**
   * @param begun rows of later editions need not be forced any more
   */
  private List<Touched> pieces(long begun) {
    Optional<SortedMap<String, Long>> mapped =
        new PartitionsOfRange(lake, contract, tenant, product).of(range);
    Set<String> have = partitionsSince(range.mode() == Mode.FORCE ? begun : 0);
    if (mapped.isEmpty()) {
      return have.isEmpty() ? List.of(Touched.ALL) : List.of();
    }
    List<String> wanted = mapped.get().keySet().stream().filter(p -> !have.contains(p)).toList();
    List<Touched> pieces = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i += perPiece) {
      pieces.add(Touched.of(wanted.subList(i, Math.min(i + perPiece, wanted.size()))));
    }
    return pieces;
  }

  /** Partitions with rows of editions after one; bounded by their number, a short text each. */
  private Set<String> partitionsSince(long edition) {
    PartitionValues values = PartitionValues.of(product);
    return new HashSet<>(
        lake.read(table())
            .where(col(Lake.EDITION).gt(edition))
            .select(values.text(col("`" + values.column() + "`")))
            .distinct()
            .as(Encoders.STRING())
            .collectAsList());
  }

  private PromoteStageToRefined refinement() {
    return new PromoteStageToRefined(lake, contract, tenant, product, run);
  }

  private BackfillMark mark() {
    return new BackfillMark(lake.table(table()), range, run);
  }

  private String table() {
    return Zone.REFINED.table(tenant, product.name());
  }
}
