package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch with a random column is replayed in a fresh JVM, which hands out the same partition and
 * task ids: the stock sink then writes a file of the same name over the committed one, and says
 * that it has skipped the batch. Ours writes another file and deletes it.
 */
class RandomColumnsTest {
  @TempDir Path folder;

  @Test
  void aReplayInAFreshProcessBreaksTheStockTableAndLeavesOursWhole() throws Exception {
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(
        folder.resolve("in/0.json"),
        LongStream.range(0, 10)
            .mapToObj(id -> "{\"id\":" + id + "}")
            .collect(Collectors.joining("\n")));

    List<String> first = inAFreshProcess();
    for (String checkpoint : List.of("stock", "ours")) {
      Path commits = folder.resolve("checkpoint-" + checkpoint).resolve("commits");
      Files.delete(commits.resolve("0"));
      Files.deleteIfExists(commits.resolve(".0.crc"));
    }
    List<String> second = inAFreshProcess();

    assertThat(first).contains("stock reads 10", "ours reads 10", "ours refused 0");
    assertThat(second).contains("stock is broken", "ours reads 10", "ours refused 1");
    assertThat(hash(first, "ours files")).isEqualTo(hash(second, "ours files"));
    assertThat(hash(first, "stock files")).isNotEqualTo(hash(second, "stock files"));
  }

  private static String hash(List<String> lines, String of) {
    return lines.stream().filter(line -> line.startsWith(of)).findFirst().orElse("none");
  }

  private List<String> inAFreshProcess() throws IOException, InterruptedException {
    Path out = folder.resolve("out-" + System.nanoTime());
    List<String> command =
        new java.util.ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
    command.add("-Xmx700m");
    command.addAll(
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.matches("--add-opens.*|-Djdk.*|-XX:.*"))
            .toList());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            RandomColumnsProcess.class.getName(),
            folder.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    boolean ended = process.waitFor(900, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(out);
    assertThat(ended && process.exitValue() == 0).as(text).isTrue();
    return text.lines().toList();
  }
}
