package dev.sluice.pipelines.demo;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.generate.AsLines;
import dev.sluice.pipelines.generate.GenerateMessages;
import dev.sluice.pipelines.generate.GenerateOptions;
import dev.sluice.pipelines.registry.Database;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.services.LoadReferenceIntoPostgres;
import dev.sluice.pipelines.services.OpenInput;
import dev.sluice.pipelines.services.ProduceMessages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Brings the demo's input: a sample file where the contracts' folder has one, generated messages
 * for every other data set, and the samples of reference data.
 */
public final class BringDemoInput {
  private static final int PARTITIONS = 4;

  private final SluiceConfig config;
  private final Database database;
  private final Progress progress;

  public BringDemoInput(SluiceConfig config, Database database, Progress progress) {
    this.config = config;
    this.database = database;
    this.progress = progress;
  }

  /** Sends messages to the topics of all contracts; generated ones never touch a disk of ours. */
  public void produce(List<DataContract> contracts, long rows, long seed) throws IOException {
    for (DataContract contract : contracts) {
      if (!contract.source().hasTopic()) {
        continue;
      }
      Optional<Path> sample = sample(contract.id() + ".jsonl.gz");
      for (TenantId tenant : contract.tenants()) {
        try (InputStream in =
            sample.isPresent()
                ? OpenInput.of(sample.get())
                : new AsLines(new GenerateMessages(contract, GenerateOptions.of(rows, seed)))) {
          send(in, contract.source().topic(tenant), sample.isPresent() ? "sample" : "generated");
        }
      }
    }
  }

  /** Loads the samples of reference data. */
  public void loadReferences(List<DataContract> contracts) throws IOException {
    for (DataContract contract : contracts) {
      for (ReferenceTable reference : contract.references()) {
        Optional<Path> csv = sample(reference.name() + ".csv");
        if (csv.isPresent()) {
          long rows = new LoadReferenceIntoPostgres(database).load(reference, csv.get());
          progress.say("loaded " + rows + " rows of reference data " + reference.name());
        }
      }
    }
  }

  private void send(InputStream in, String topic, String origin) throws IOException {
    ProduceMessages.Sent sent =
        new ProduceMessages(config.kafka().bootstrap(), config.kafka().options())
            .send(
                in,
                new ProduceMessages.Destination(topic, PARTITIONS, Optional.empty()),
                progress::say);
    progress.say(
        String.format(
            Locale.ROOT,
            "produced %,d %s messages (%,d bytes) to %s",
            sent.messages(),
            origin,
            sent.bytes(),
            topic));
  }

  private Optional<Path> sample(String name) {
    Path file = config.contracts().resolve("samples").resolve(name);
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }
}
