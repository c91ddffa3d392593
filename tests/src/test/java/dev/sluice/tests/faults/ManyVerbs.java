package dev.sluice.tests.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.pipelines.cli.Sluice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Verbs of the command line one after another in one JVM, so that tests that need many pay for the
 * start of a JVM once. Each line of standard input is an order as JSON: {@code arguments} as on the
 * command line, {@code output} the file for what the verb says, {@code ended} the file that appears
 * with the exit code in it, and {@code pauseAt} and {@code reached} for {@link PauseAtCrashPoint}.
 * Ends when standard input does.
 */
public final class ManyVerbs {
  private ManyVerbs() {}

  public static void main(String[] none) throws IOException {
    ObjectMapper json = new ObjectMapper();
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      obey(json.readTree(line));
    }
    System.exit(0);
  }

  private static void obey(JsonNode order) throws IOException {
    System.setProperty("sluice.test.pauseAt", order.path("pauseAt").asText());
    System.setProperty("sluice.test.reached", order.path("reached").asText());
    int code;
    try (PrintStream output =
        new PrintStream(
            Files.newOutputStream(Path.of(order.path("output").asText())),
            true,
            StandardCharsets.UTF_8)) {
      System.setOut(output);
      System.setErr(output);
      code = Sluice.commandLine().execute(arguments(order));
    }
    tell(Path.of(order.path("ended").asText()), code);
  }

  /** Whoever sees the file sees all of it. */
  private static void tell(Path file, int code) throws IOException {
    Path before = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(before, Integer.toString(code));
    Files.move(before, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String[] arguments(JsonNode order) {
    List<String> arguments =
        StreamSupport.stream(order.path("arguments").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    return arguments.toArray(new String[0]);
  }
}
