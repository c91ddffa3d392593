package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.read.ContractFaults;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.pipelines.query.QueryRefused;
import dev.sluice.pipelines.runner.ClassifyFailure;
import dev.sluice.pipelines.runner.ExitCode;
import dev.sluice.pipelines.runner.OnInterrupt;
import dev.sluice.pipelines.runner.TerminalText;
import dev.sluice.pipelines.runner.WrongUsage;
import dev.sluice.pipelines.services.ReferenceFaults;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what a verb threw into one message for a person and an exit code. */
final class ExplainFailure implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception thrown, CommandLine line, ParseResult parsed)
      throws Exception {
    if (OnInterrupt.isUnderWay()) {
      return CommandRun.INTERRUPTED;
    }
    if (thrown instanceof ParameterException wrong) {
      return line.getParameterExceptionHandler().handleParseException(wrong, new String[0]);
    }
    if (thrown instanceof QueryRefused || thrown instanceof WrongUsage) {
      return say(line, String.valueOf(thrown.getMessage()), ExitCode.USAGE);
    }
    if (thrown instanceof NoSuchFileException || thrown instanceof FileNotFoundException) {
      return say(line, "There is no file " + thrown.getMessage(), ExitCode.USAGE);
    }
    if (thrown instanceof AccessDeniedException) {
      return say(line, "This user may not open " + thrown.getMessage(), ExitCode.USAGE);
    }
    if (thrown instanceof ContractFaults) {
      return say(
          line,
          thrown.getMessage() + "\nNothing was started (docs/runbooks/configuration.md).",
          ExitCode.CONFIGURATION);
    }
    if (thrown instanceof ReferenceFaults) {
      return say(line, String.valueOf(thrown.getMessage()), ExitCode.BLOCKED);
    }
    LoggerFactory.getLogger(ExplainFailure.class).error("{} failed", line.getCommandName(), thrown);
    JobOutcome outcome = ClassifyFailure.outcome(thrown);
    return say(line, text(outcome), ExitCode.of(outcome));
  }

  private static String text(JobOutcome outcome) {
    if (outcome instanceof JobOutcome.Failed failed) {
      return failed.what();
    }
    return outcome instanceof JobOutcome.Busy busy ? busy.what() : outcome.toString();
  }

  private static int say(CommandLine line, String message, ExitCode code) {
    line.getErr().println("sluice: " + TerminalText.of(message));
    line.getErr().flush();
    return code.number();
  }
}
