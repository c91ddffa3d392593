package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class BigQueryFailedTest {

  @Test
  void valuesInBigQuerysTextDoNotReachOursNorTheStackTrace() {
    BigQueryException theirs =
        new BigQueryException(
            400,
            "Could not convert string 'Jane Roe' to INT64",
            new BigQueryError("invalid", "us", "'Jane Roe'"));
    theirs.addSuppressed(new IOException("near 'Jane Roe'"));

    StringWriter trace = new StringWriter();
    BigQueryFailed.from("load the staging table", theirs).printStackTrace(new PrintWriter(trace));

    assertThat(trace.toString())
        .contains("load the staging table", "code 400", "reason invalid")
        .doesNotContain("Jane");
  }

  @Test
  void reasonThatIsNoWordIsNotRepeated() {
    BigQueryException theirs =
        new BigQueryException(
            400, "x", new BigQueryError("value 'Jane Roe' is invalid", "us", "x"));

    assertThat(BigQueryFailed.from("look", theirs)).message().doesNotContain("Jane");
  }

  @Test
  void silentAddressIsNamedWithItsSetting() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    BigQueryTarget target =
        BigQueryTarget.emulator("sluice-local", URI.create("http://127.0.0.1:" + closed));

    assertThatThrownBy(() -> new ReadExportedHead(target))
        .isInstanceOf(BigQueryUnavailable.class)
        .hasMessageContaining("http://127.0.0.1:" + closed)
        .hasMessageContaining("bigquery.endpoint")
        .hasMessageContaining("nothing was sent");
  }
}
