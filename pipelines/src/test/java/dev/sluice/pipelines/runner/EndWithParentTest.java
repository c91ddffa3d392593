package dev.sluice.pipelines.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndWithParentTest {
  private static final String PARENT = "parent";

  /** A process that watches another and would otherwise never end. */
  static final class Watching {
    public static void main(String[] arguments) throws InterruptedException {
      EndWithParent.watch(
          arguments[0].equals(PARENT)
              ? ProcessHandle.current().parent().orElseThrow().pid()
              : Long.parseLong(arguments[0]));
      System.out.println(ProcessHandle.current().pid());
      assertThat(new CountDownLatch(1).await(5, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void endsWhenTheParentIsKilled() throws Exception {
    Process parent = start("sh", "-c", "\"$@\" & wait", "sh", watching(PARENT));
    ProcessHandle child = ProcessHandle.of(firstNumber(parent)).orElseThrow();

    parent.destroyForcibly().waitFor();

    child.onExit().get(300, TimeUnit.SECONDS);
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void staysWhileTheParentLives() throws Exception {
    Process parent = start("sh", "-c", "\"$@\" & wait", "sh", watching(PARENT));
    ProcessHandle child = ProcessHandle.of(firstNumber(parent)).orElseThrow();
    try {
      assertThat(parent.waitFor(3, TimeUnit.SECONDS)).isFalse();
      assertThat(child.isAlive()).isTrue();
    } finally {
      child.destroyForcibly();
      parent.destroyForcibly();
    }
  }

  @Test
  void endsAtOnceWhenTheOtherIsGoneAlready() throws Exception {
    Process gone = start("true");
    gone.waitFor();

    Process late = start("sh", "-c", "exec \"$@\"", "sh", watching(Long.toString(gone.pid())));

    assertThat(late.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(late.exitValue()).isEqualTo(EndWithParent.ENDED);
  }

  private static long firstNumber(Process process) throws IOException {
    try (BufferedReader out = process.inputReader()) {
      return Long.parseLong(out.readLine());
    }
  }

  private static String[] watching(String pid) {
    return new String[] {
      ProcessHandle.current().info().command().orElseThrow(),
      "-Xmx64m",
      "-cp",
      System.getProperty("java.class.path"),
      Watching.class.getName(),
      pid
    };
  }

  private static Process start(String... words) throws IOException {
    return new ProcessBuilder(List.of(words))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Process start(String a, String b, String c, String d, String... more)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(a, b, c, d));
    words.addAll(List.of(more));
    return start(words.toArray(new String[0]));
  }
}
