package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.registry.RunHistory;
import dev.sluice.pipelines.status.LaneLag;
import dev.sluice.pipelines.status.Sighting;
import dev.sluice.pipelines.status.TableState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where everything stands; its names are those of the JSON.
 *
 * @param landingStreams those of {@code leases} that land from a topic
 * @param leases who works on these data sets now
 * @param unsent one sentence for each export of which partitions wait or are withheld
 * @param findings one sentence for each thing that is wrong
 */
record StatusReport(
    List<Lag> lag,
    List<CanaryRow> canaries,
    List<String> promises,
    List<String> dropped,
    List<String> unsent,
    List<SetAside> filesSetAside,
    List<Edition> tables,
    List<RunHistory.RunRow> runs,
    List<RunHistory.BlockedRow> blocked,
    List<Leases.Held> landingStreams,
    List<Leases.Held> leases,
    List<String> findings) {

  record Lag(String zone, String table, String lane, long head, long end, long lag) {
    static Lag of(LaneLag each) {
      return new Lag(each.zone(), each.table(), each.lane(), each.head(), each.end(), each.lag());
    }
  }

  record Edition(String table, long rows, long edition, long epoch) {
    static Edition of(TableState state) {
      return new Edition(state.name(), state.rows(), state.head().edition(), state.head().epoch());
    }
  }

  /** Dropped files that cannot land. */
  record SetAside(String table, String reason, long files) {}

  record CanaryRow(String lane, String sent, String atRaw, String atStage) {
    static CanaryRow of(Sighting each) {
      return new CanaryRow(
          each.lane().name(), each.sent().toString(), seen(each.atRaw()), seen(each.atStage()));
    }

    private static String seen(Optional<Sighting.Seen> seen) {
      return seen.map(
              s -> s.seen().map(Instant::toString).orElse("long ago") + " (sent " + s.sent() + ")")
          .orElse("never");
    }
  }
}
