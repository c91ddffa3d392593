package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.catalog.position.Lane;
import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.registry.Database;
import dev.sluice.pipelines.registry.MigrateRegistry;
import dev.sluice.pipelines.registry.SentCanaries;
import dev.sluice.pipelines.report.ReportJson;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.services.SendCanaries;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice canary}: one marked message on each lane; starts no Spark. */
@Command(
    name = "canary",
    description = {
      "Sends one marked message to each partition of a data set's topic. It lands in raw as any",
      "message and ends at promotion, counted apart; 'sluice status' says when the last one was",
      "seen at raw and at stage, so that no data and broken are told apart."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sluice canary video-detections", "  sluice canary flights --tenant airports"})
public final class Canary implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();
  @Mixin private JobOptions options = new JobOptions();

  private record Sent(String dataSet, String tenant, String topic, int canaries) {}

  @Override
  public Integer call() {
    options.begin();
    Console console = Console.of(options.isJson());
    SluiceConfig config = home.config();
    List<DataContract> contracts = ContractFolder.read(config.contracts());
    List<Chosen> chosen =
        dataSets.of(contracts).stream().filter(c -> c.contract().source().hasTopic()).toList();
    Database database = new Database(config.postgres());
    new MigrateRegistry(database).run();
    List<Sent> sent = new ArrayList<>();
    for (Chosen each : chosen) {
      sent.add(send(config, new SentCanaries(database), each, console.progress()));
    }
    if (options.isJson()) {
      console.results().println(ReportJson.text(sent));
    }
    return 0;
  }

  private Sent send(SluiceConfig config, SentCanaries canaries, Chosen chosen, Progress progress) {
    String id = chosen.contract().id();
    String topic = chosen.contract().source().topic(chosen.tenant());
    if (options.isDryRun()) {
      progress.say("would send one canary to each partition of " + topic);
      return new Sent(id, chosen.tenant().name(), topic, 0);
    }
    Instant at = Clock.systemUTC().instant();
    String name = "c" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    SortedMap<Lane, Long> places = new SendCanaries(config.kafka()).to(topic, name);
    canaries.sent(id, chosen.tenant(), name, places, at);
    progress.say(
        places.isEmpty()
            ? "there is no topic " + topic + " yet"
            : "sent canary " + name + " to " + places.size() + " partitions of " + topic);
    return new Sent(id, chosen.tenant().name(), topic, places.size());
  }
}
