package dev.sluice.pipelines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WithoutMessagesTest {
  @Test
  void causesAndSuppressedOnesAreToldByTypeAndPlace() {
    Exception root = new IllegalArgumentException("ana@example.org");
    Exception failed = new IllegalStateException("could not take ana@example.org", root);
    failed.addSuppressed(new IOException("bo@example.org"));

    String told = printed(WithoutMessages.of(failed));

    assertThat(told)
        .contains("java.lang.IllegalStateException")
        .contains("Caused by: java.lang.IllegalArgumentException")
        .contains("Suppressed: java.io.IOException")
        .contains("at dev.sluice.pipelines.logging.WithoutMessagesTest")
        .doesNotContain("@example.org");
  }

  @Test
  void aCauseWithoutACauseEndsTheChain() {
    Throwable told = WithoutMessages.of(new IOException(new IOException("x")));

    assertThat(told).isNotNull();
    assertThat(told.getCause()).isNotNull();
    assertThat(told.getCause().getCause()).isNull();
  }

  @Test
  void exceptionsThatCauseOneAnotherEnd() {
    Exception one = new IOException("one");
    Exception other = new IOException("other", one);
    one.addSuppressed(other);

    assertThat(printed(WithoutMessages.of(other))).contains("java.io.IOException");
  }

  private static String printed(@Nullable Throwable thrown) {
    StringWriter text = new StringWriter();
    assertThat(thrown).isNotNull();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
