package dev.sluice.raw;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Refused;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Moves a raw table over messages that its source has lost, and over nothing else; the only way on
 * after a loss. Lanes of a topic that was deleted are closed for good.
 */
public final class AcceptLoss {
  private static final String STEP = "accept-loss";

  private final RawTable table;
  private final KafkaSource source;
  private final LossAudit audit;

  public AcceptLoss(
      Lake lake,
      KafkaSource source,
      DataContract contract,
      TenantId tenant,
      RunContext run,
      LossAudit audit) {
    this.table = new RawTable(lake, contract, tenant, run, Turns.NONE);
    this.source = source;
    this.audit = audit;
  }

  /**
   * Accepts what is lost now.
   *
   * @param reason why it may be let go; kept in the audit
   */
  public JobOutcome run(String reason) {
    if (reason.isBlank()) {
      return new JobOutcome.Failed(
          FailureKind.SETUP, "Expected a reason for accepting a loss; give one with --reason");
    }
    try {
      List<Loss> losses = losses();
      if (losses.isEmpty()) {
        return new JobOutcome.NothingToDo(source + " has lost nothing of " + table.name());
      }
      Map<Lane, LaneRange> closings = new TreeMap<>();
      for (Loss loss : losses) {
        if (loss.closing().isEmpty()) {
          return new JobOutcome.Failed(FailureKind.LOST, "This cannot be accepted: " + loss.text());
        }
        closings.put(loss.lane(), loss.closing().get());
      }
      audit.accepted(table.name(), reason, losses);
      table.passOver(closings);
      return new JobOutcome.Done(figures(closings.size()));
    } catch (Refused | SourceUnavailable e) {
      return ExplainLandingFailure.of(e, table).orElseThrow(() -> e);
    }
  }

  /**
   * What a run would accept.
   *
   * @throws SourceUnavailable when the broker or the topic is not there
   */
  public JobPlan plan() {
    List<Loss> losses = losses();
    return new JobPlan(losses.stream().map(Loss::text).toList(), losses.isEmpty());
  }

  private List<Loss> losses() {
    try (DescribeTopic broker = new DescribeTopic(source)) {
      return TakenOfTopic.now(table, broker).losses();
    }
  }

  private StepFigures figures(long lanes) {
    return StepFigures.allPublished(
        STEP, table.contract().id(), table.tenant().name(), 0, Map.of("lanes", lanes));
  }
}
