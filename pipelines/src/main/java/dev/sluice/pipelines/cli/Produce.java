package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.runner.RequireServices;
import dev.sluice.pipelines.runner.WrongUsage;
import dev.sluice.pipelines.services.CountMessages;
import dev.sluice.pipelines.services.OpenInput;
import dev.sluice.pipelines.services.ProduceMessages;
import dev.sluice.pipelines.services.ProduceMessages.Destination;
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
      "  sluice produce video-detections events.jsonl --key /detection_oid --dry-run",
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

  @Option(names = "--dry-run", description = "Read and check all lines; send nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    Progress progress = Console.of(false).progress();
    SluiceConfig config = home.config();
    String topic = topic(ContractFolder.read(config.contracts()));
    Destination to = new Destination(topic, partitions, Optional.ofNullable(key));
    new RequireServices(config).kafka();
    try (InputStream in = file.equals("-") ? System.in : OpenInput.of(Path.of(file))) {
      progress.say(dryRun ? planned(in, to) : sent(config, in, to, progress));
    }
    return 0;
  }

  private static String sent(SluiceConfig config, InputStream in, Destination to, Progress progress)
      throws IOException {
    ProduceMessages.Sent sent =
        new ProduceMessages(config.kafka().bootstrap(), config.kafka().options())
            .send(in, to, progress::say);
    return "sent " + sent.messages() + " messages, " + sent.bytes() + " bytes, to " + to.topic();
  }

  private static String planned(InputStream in, Destination to) throws IOException {
    CountMessages.Counted all = CountMessages.of(in, to);
    return "would send "
        + all.messages()
        + " messages, "
        + all.bytes()
        + " bytes, to "
        + to.topic()
        + to.keyPointer().map(at -> "; " + all.keyed() + " of them have a key at " + at).orElse("");
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
