package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.logging.LogFile;
import dev.sluice.pipelines.logging.LogUncaught;
import dev.sluice.pipelines.runner.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line of Sluice. */
@Command(
    name = "sluice",
    description = "A lakehouse you can run: Kafka, raw, stage, refined, BigQuery.",
    mixinStandardHelpOptions = true,
    version = "sluice " + CodeVersion.TEXT,
    subcommands = {
      Demo.class,
      Up.class,
      Down.class,
      Status.class,
      Query.class,
      Generate.class,
      Produce.class,
      Canary.class,
      ReferenceVerb.class,
      RunVerb.class,
      Land.class,
      Promote.class,
      Refine.class,
      Export.class,
      Backfill.class,
      Contracts.class,
      Quarantine.class,
      Maintain.class,
      Lifecycle.class,
      Rebuild.class,
      AcceptLossVerb.class,
      Bench.class,
      HelpCommand.class
    },
    synopsisSubcommandLabel = "VERB",
    footer = "%nEach verb has --help with examples.")
public final class Sluice {
  public static void main(String[] arguments) {
    logInto(home(arguments));
    Thread.setDefaultUncaughtExceptionHandler(new LogUncaught(System.err));
    System.exit(commandLine().execute(arguments));
  }

  /** Runs one verb as if it stood first on the command line. */
  static void exitWith(String verb, String[] arguments) {
    List<String> all = new ArrayList<>(List.of(verb));
    all.addAll(Arrays.asList(arguments));
    main(all.toArray(new String[0]));
  }

  /** The whole command line, for callers whose process goes on after a verb. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Sluice());
    line.setExecutionExceptionHandler(new ExplainFailure());
    line.setParameterExceptionHandler(
        (e, arguments) -> {
          CommandLine failed = e.getCommandLine();
          failed.getErr().println("sluice: " + e.getMessage());
          failed.getErr().println("Try 'sluice " + name(failed) + " --help'.");
          return ExitCode.USAGE.number();
        });
    line.setCaseInsensitiveEnumValuesAllowed(true);
    describe(line, exitCodes());
    return line;
  }

  private static String name(CommandLine line) {
    return line.getParent() == null ? "" : line.getCommandName();
  }

  private static void describe(CommandLine line, Map<String, String> exitCodes) {
    line.getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes);
    if (line.getParent() != null && line.getCommandSpec().findOption("--help") == null) {
      line.getCommandSpec().mixinStandardHelpOptions(true);
    }
    line.getSubcommands().values().forEach(each -> describe(each, exitCodes));
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(" " + code.number(), code.meaning());
    }
    codes.put("130", "ended by Ctrl-C (143: by SIGTERM); the next run goes on where it stopped");
    return codes;
  }

  /** Must happen before the first logger is made. */
  private static void logInto(Home home) {
    if (System.getProperty(LogFile.PROPERTY) == null) {
      System.setProperty(LogFile.PROPERTY, home.logFile().toString());
    }
  }

  private static Home home(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--home=")) {
        return new Home(Path.of(arguments[i].substring("--home=".length())));
      }
      if (arguments[i].equals("--home") && i + 1 < arguments.length) {
        return new Home(Path.of(arguments[i + 1]));
      }
    }
    return new Home(Path.of(HomeOptions.DEFAULT));
  }
}
