package dev.sluice.pipelines.bench;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.pipelines.generate.GenerateOptions;
import dev.sluice.pipelines.jobs.Job;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.jobs.WireJobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lands and promotes the same messages by our jobs and by bare Spark, in turns within one JVM. The
 * first rounds warm up and are not counted: while both wait for the JVM's compilers, it is them
 * that one measures.
 */
public final class CompareWithBareSpark {
  private static final int WARMING_UP = 2;

  private final Lakehouse lakehouse;
  private final WireJobs jobs;
  private final DataContract contract;
  private final TenantId tenant;
  private final BareSpark bare;
  private final List<Double> ourLanding = new ArrayList<>();
  private final List<Double> bareLanding = new ArrayList<>();
  private final List<Double> ourPromotion = new ArrayList<>();
  private final List<Double> barePromotion = new ArrayList<>();
  private final List<Double> nothingNew = new ArrayList<>();

  /**
   * The contract's tables must exist and be empty.
   *
   * @param plain whether bare Spark leaves out the partitions and the order of the stage table
   */
  public CompareWithBareSpark(
      Lakehouse lakehouse,
      WireJobs jobs,
      DataContract contract,
      TenantId tenant,
      Path folder,
      boolean plain) {
    this.lakehouse = lakehouse;
    this.jobs = jobs;
    this.contract = contract;
    this.tenant = tenant;
    this.bare =
        new BareSpark(
            lakehouse.lake().spark(),
            lakehouse.config().kafka(),
            contract,
            contract.source().topic(tenant),
            folder,
            plain);
  }

  /** Figures of all counted rounds. */
  public record Figures(Measured landing, Measured promotion, double secondsForNothingNew) {}

  public Figures measure(int rounds, long rows) throws Exception {
    bare.prepare();
    for (int round = 0; round < WARMING_UP + rounds; round++) {
      produce(round, rows);
      round(round);
    }
    return new Figures(
        new Measured("landing", ourLanding, bareLanding),
        new Measured("promotion", ourPromotion, barePromotion),
        Measured.median(nothingNew));
  }

  private void round(int round) throws Exception {
    boolean oursFirst = round % 2 == 0;
    double[] land =
        inTurn(oursFirst, () -> done(jobs.land(contract, tenant)), () -> bare.land(round));
    double[] promote =
        inTurn(oursFirst, () -> done(jobs.promote(contract, tenant)), () -> bare.promote(round));
    double idle = seconds(() -> nothingToDo(jobs.promote(contract, tenant)));
    lakehouse
        .progress()
        .say(
            String.format(
                Locale.ROOT,
                "round %d: land %.2f s (bare %.2f), promote %.2f s (bare %.2f), nothing new %.2f s",
                round,
                land[0],
                land[1],
                promote[0],
                promote[1],
                idle));
    if (round >= WARMING_UP) {
      ourLanding.add(land[0]);
      bareLanding.add(land[1]);
      ourPromotion.add(promote[0]);
      barePromotion.add(promote[1]);
      nothingNew.add(idle);
    }
  }

  private void produce(int round, long rows) throws IOException {
    new SendGenerated(lakehouse.config().kafka(), contract, tenant)
        .send(GenerateOptions.of(rows, 100 + round));
  }

  private static void done(Job job) {
    JobOutcome outcome = job.run().get();
    if (!(outcome instanceof JobOutcome.Done)) {
      throw new IllegalStateException(job.place() + " ended with " + outcome);
    }
  }

  private static void nothingToDo(Job job) {
    JobOutcome outcome = job.run().get();
    if (!(outcome instanceof JobOutcome.NothingToDo)) {
      throw new IllegalStateException(job.place() + " still found something: " + outcome);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  /** Seconds of ours and of the bare work, in an order that changes from round to round. */
  private static double[] inTurn(boolean oursFirst, Work ours, Work other) throws Exception {
    double first = seconds(oursFirst ? ours : other);
    double second = seconds(oursFirst ? other : ours);
    return oursFirst ? new double[] {first, second} : new double[] {second, first};
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
