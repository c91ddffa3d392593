package dev.sluice.pipelines.runner;

import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One step's result as lines for the console. */
final class DescribeStep {
  private DescribeStep() {}

  static List<String> lines(StepResult result) {
    List<String> lines = new ArrayList<>();
    String place =
        String.format(
            Locale.ROOT,
            "%-9s %-30s %-9s",
            result.place().step(),
            result.place().dataSet(),
            result.place().tenant());
    lines.add(
        String.format(
            Locale.ROOT,
            "%s %s  [%.1f s]",
            place,
            result.figures().map(DescribeStep::balance).orElse(summary(result)),
            result.seconds()));
    result
        .figures()
        .ifPresent(
            f ->
                f.notes()
                    .forEach((note, count) -> note(note, number(count)).ifPresent(lines::add)));
    if (result.outcome() instanceof JobOutcome.Blocked blocked) {
      lines.add("  blocked: " + blocked.what() + " (docs/runbooks/blocked.md)");
      blocked.sample().forEach(row -> lines.add("    " + row));
    }
    result.rules().stream().filter(r -> !r.held()).forEach(r -> lines.add("  " + breach(r)));
    return lines;
  }

  /** What a count among the notes means to a person; empty for those that need no words. */
  private static Optional<String> note(String note, String count) {
    if (note.startsWith("aside.")) {
      return Optional.of(
          "  set aside: "
              + count
              + " files, "
              + note.substring(6)
              + "; 'sluice land --dry-run' and the log name them");
    }
    return switch (note) {
      case "unreachable" ->
          Optional.of(
              "  not read: "
                  + count
                  + " files, which the storage did not give; the log names them and the next run"
                  + " tries again");
      case "alreadyGone" ->
          Optional.of(
              "  begins late: "
                  + count
                  + " offsets were already gone when the topic was first read; the log names the"
                  + " lanes");
      case "otherTimes" ->
          Optional.of(
              "  other times: "
                  + count
                  + " messages have a Kafka time beyond all calendars, landed as the year 9999;"
                  + " header sluice.time keeps it");
      default -> Optional.empty();
    };
  }

  private static String summary(StepResult result) {
    return result.outcome() instanceof JobOutcome.NothingToDo
        ? "NothingToDo: " + result.message()
        : result.kind() + ": " + result.message();
  }

  private static String balance(StepFigures f) {
    if (f.taken() == 0 && !f.notes().isEmpty()) {
      return f.notes().entrySet().stream()
          .map(note -> note.getKey() + " " + number(note.getValue()))
          .collect(Collectors.joining(", "));
    }
    StringBuilder text = new StringBuilder(number(f.taken()) + " taken");
    text.append(" = ").append(number(f.published())).append(" published");
    part(text, f.quarantined(), "quarantined");
    part(text, f.duplicates(), "duplicates");
    part(text, f.suppressed(), "suppressed");
    if (!f.balances()) {
      text.append("  (DOES NOT BALANCE)");
    }
    return text.toString();
  }

  private static void part(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(" + ").append(number(count)).append(' ').append(what);
    }
  }

  private static String breach(RuleResult rule) {
    return String.format(
        Locale.ROOT,
        "rule %s: expected %s, measured %s%s",
        rule.rule(),
        rule.expected(),
        rule.measured(),
        rule.blocks() ? "" : " (warning)");
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
