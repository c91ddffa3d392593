package dev.sluice.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.runner.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SluiceTest {
  private static final String CONFIGURATION =
      """
      profile: embedded
      warehouse: warehouse
      contracts: %s
      postgres:
        url: jdbc:postgresql://127.0.0.1:1/sluice
        user: sluice
        passwordRef: file:secrets/postgres
      kafka:
        cluster: embedded
        bootstrap: 127.0.0.1:1
      keys:
        folder: keys
      bigquery:
        endpoint: http://127.0.0.1:1
        project: sluice-local
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "up",
        "down",
        "status",
        "query",
        "generate",
        "produce",
        "run",
        "land",
        "promote",
        "refine",
        "export",
        "accept-loss",
        "bench",
        "reference load",
        "contracts lint",
        "contracts apply"
      })
  void everyVerbHasHelpWithExamplesExitCodesAndHome(String verb) {
    int code = run((verb + " --help").split(" "));

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("Example")
        .contains("sluice " + verb)
        .contains("--home=DIR")
        .contains("65", "69", "75", "78");
  }

  @ParameterizedTest
  @ValueSource(strings = {"land", "promote", "refine", "export", "run", "accept-loss"})
  void everyVerbThatMovesDataHasADryRunAndJson(String verb) {
    run(verb, "--help");

    assertThat(out.toString()).contains("--dry-run").contains("--json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "produce",
        "canary",
        "reference load",
        "backfill",
        "contracts apply",
        "contracts sidefill",
        "quarantine replay",
        "maintain",
        "lifecycle",
        "rebuild"
      })
  void everyOtherVerbThatChangesSomethingHasADryRun(String verb) {
    run((verb + " --help").split(" "));

    assertThat(out.toString()).contains("--dry-run");
  }

  @Test
  void aWrongCommandLineExits64() {
    assertThat(run("land", "--no-such-option")).isEqualTo(ExitCode.USAGE.number());
    assertThat(err.toString()).contains("Try 'sluice land --help'");
  }

  @Test
  void aMissingConfigurationExits78BeforeAnythingStarts(@TempDir Path folder) {
    assertThat(run("run", "--home", folder.toString())).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(err.toString()).contains("sluice up");
  }

  @Test
  void aContractThatDoesNotExistIsNamedBesideThoseThatDo(@TempDir Path folder) {
    int code =
        run(
            "generate",
            "no-such",
            "--home",
            folder.toString(),
            "--contracts",
            "../catalog/contracts");

    assertThat(code).isEqualTo(ExitCode.USAGE.number());
    assertThat(err.toString()).contains("no-such").contains("flights, video-detections");
  }

  @Test
  void aDemoWithFaultsInItsContractsStartsNothing(@TempDir Path folder) throws IOException {
    Path contracts = Files.createDirectory(folder.resolve("contracts"));
    Files.writeString(contracts.resolve("broken.odcs.yaml"), "apiVersion: v0\n");
    Path home = folder.resolve("home");
    Files.createDirectory(home);
    Files.writeString(home.resolve("sluice.yaml"), CONFIGURATION.formatted(contracts));

    int code = run("demo", "--home", home.toString());

    assertThat(code).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(err.toString()).contains("broken.odcs.yaml").contains("Nothing was started");
    assertThat(home.resolve("services")).doesNotExist();
  }

  @Test
  void aDemoOfTooManyRowsStartsNothing(@TempDir Path home) {
    int code = run("demo", "--rows", "2000000000", "--home", home.toString());

    assertThat(code).isEqualTo(ExitCode.USAGE.number());
    assertThat(err.toString()).contains("2000000000");
    assertThat(home.resolve("services")).doesNotExist();
  }

  @Test
  void contractsThatAreNoFolderStartNothing(@TempDir Path home) {
    int code = run("up", "--contracts", home.resolve("none").toString(), "--home", home.toString());

    assertThat(code).isEqualTo(ExitCode.USAGE.number());
    assertThat(home.resolve("services")).doesNotExist();
  }

  private int run(String... arguments) {
    CommandLine line = Sluice.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
