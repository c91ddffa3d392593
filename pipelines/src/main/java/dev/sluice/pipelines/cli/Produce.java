package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.runner.RequireServices;
import dev.sluice.pipelines.runner.WrongUsage;
import dev.sluice.pipelines.services.OpenInput;
import dev.sluice.pipelines.services.ProduceMessages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice produce}: send a file's lines to a data set's topic. */
@Command(
    name = "produce",
    description = "Sends each line of a file to a data set's topic as one message, byte for byte.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice produce video-detections events.jsonl",
      "  sluice produce flights catalog/contracts/samples/flights.jsonl.gz",
      "  sluice generate video-detections --rows 100 | sluice produce video-detections -"
    })
public final class Produce implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();

  @Parameters(index = "0", paramLabel = "CONTRACT", description = "Id of the data contract.")
  private String contract = "";

  @Parameters(index = "1", paramLabel = "FILE|-", description = "Lines (.gz too), or - for stdin.")
  private String file = "";

  @Option(names = "--tenant", description = "Tenant; needed when the contract serves several.")
  private @Nullable String tenant;

  @Option(
      names = "--partitions",
      description = "Partitions of the topic if it is new (default: ${DEFAULT-VALUE}).")
  private int partitions = 4;

  @Option(
      names = "--key",
      paramLabel = "POINTER",
      description = "JSON pointer to the field that becomes the message's key, such as /id.")
  private @Nullable String key;

  @Override
  public Integer call() throws IOException {
    Progress progress = Console.of(false).progress();
    SluiceConfig config = home.config();
    String topic = topic(ContractFolder.read(config.contracts()));
    new RequireServices(config).kafka();
    try (InputStream in = file.equals("-") ? System.in : OpenInput.of(Path.of(file))) {
      ProduceMessages.Sent sent =
          new ProduceMessages(config.kafka().bootstrap(), config.kafka().options())
              .send(
                  in,
                  new ProduceMessages.Destination(topic, partitions, Optional.ofNullable(key)),
                  progress::say);
      progress.say(
          "sent " + sent.messages() + " messages, " + sent.bytes() + " bytes, to " + topic);
    }
    return 0;
  }

  private String topic(List<DataContract> all) {
    DataContract found =
        all.stream()
            .filter(c -> c.id().equals(contract))
            .findFirst()
            .orElseThrow(() -> new WrongUsage("There is no contract '" + contract + "'"));
    List<TenantId> tenants =
        found.tenants().stream().filter(t -> tenant == null || t.name().equals(tenant)).toList();
    if (tenants.size() != 1) {
      throw new WrongUsage(
          "Expected one tenant by --tenant; the contract serves " + found.tenants());
    }
    if (!found.source().hasTopic()) {
      throw new WrongUsage(
          "Contract '" + contract + "' has no topic; put the file into its folder instead");
    }
    return found.source().topic(tenants.get(0));
  }
}
