package dev.sluice.pipelines.bench;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.generate.AsLines;
import dev.sluice.pipelines.generate.GenerateMessages;
import dev.sluice.pipelines.generate.GenerateOptions;
import dev.sluice.pipelines.services.ProduceMessages;
import java.io.IOException;
import java.util.Optional;

/** Sends generated messages to the topic of a data set. */
record SendGenerated(SluiceConfig.Kafka kafka, DataContract contract, TenantId tenant) {
  private static final int PARTITIONS = 4;

  void send(GenerateOptions options) throws IOException {
    new ProduceMessages(kafka.bootstrap(), kafka.options())
        .send(
            new AsLines(new GenerateMessages(contract, options)),
            new ProduceMessages.Destination(
                contract.source().topic(tenant), PARTITIONS, Optional.empty()),
            line -> {});
  }
}
