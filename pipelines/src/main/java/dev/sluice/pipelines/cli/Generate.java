package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.pipelines.generate.GenerateMessages;
import dev.sluice.pipelines.generate.GenerateOptions;
import dev.sluice.pipelines.generate.WriteMessages;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.runner.WrongUsage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice generate}: synthetic messages from a contract. */
@Command(
    name = "generate",
    description = {
      "Makes synthetic messages, one a line: mostly good, some sent again, late or broken.",
      "The same contract, rows, seed and shares give the same bytes."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice generate video-detections --rows 1000 --seed 7 --out events.jsonl",
      "  sluice generate flights --rows 10 --broken 0 | sluice produce flights -"
    })
public final class Generate implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();

  @Parameters(paramLabel = "CONTRACT", description = "Id of the data contract.")
  private String contract = "";

  @Option(names = "--rows", description = "How many messages (default: ${DEFAULT-VALUE}).")
  private long rows = 1_000;

  @Option(names = "--seed", description = "Seed (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--out", paramLabel = "FILE", description = "File (default: stdout).")
  private @Nullable Path out;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "Also write what each line is: {\"line\":1,\"kind\":\"good\"}.")
  private @Nullable Path ledger;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Event times end here (default: ${DEFAULT-VALUE}).")
  private Instant until = GenerateOptions.DEFAULT_UNTIL;

  @Option(names = "--resent", description = "Share sent again (default: ${DEFAULT-VALUE}).")
  private double resent = 0.02;

  @Option(
      names = "--conflicting",
      description = "Share whose key comes again otherwise (default: ${DEFAULT-VALUE}).")
  private double conflicting = 0.001;

  @Option(names = "--late", description = "Share that comes late (default: ${DEFAULT-VALUE}).")
  private double late = 0.02;

  @Option(names = "--broken", description = "Share that is broken (default: ${DEFAULT-VALUE}).")
  private double broken = 0.01;

  @Option(
      names = "--contracts",
      paramLabel = "DIR",
      description = "Folder of data contracts, when the home has no configuration yet.")
  private Path contracts = Up.defaultContracts();

  @Override
  public Integer call() throws IOException {
    GenerateMessages messages = new GenerateMessages(find(), options());
    Path file = out;
    Path beside = ledger;
    try (OutputStream stream =
            new BufferedOutputStream(
                file == null ? System.out : Files.newOutputStream(file), 1 << 16);
        Writer lines = beside == null ? Writer.nullWriter() : Files.newBufferedWriter(beside)) {
      var kinds = new WriteMessages(stream, lines).all(messages);
      new Progress(System.err).plain("generated " + rows + " messages: " + kinds);
    }
    return 0;
  }

  private GenerateOptions options() {
    return new GenerateOptions(rows, seed, until, resent, conflicting, late, broken);
  }

  private DataContract find() {
    Path folder = Files.exists(home.home().configuration()) ? home.config().contracts() : contracts;
    List<DataContract> all = ContractFolder.read(folder);
    return all.stream()
        .filter(c -> c.id().equals(contract))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongUsage(
                    "There is no contract '"
                        + contract
                        + "'; there are: "
                        + String.join(", ", all.stream().map(DataContract::id).toList())));
  }
}
