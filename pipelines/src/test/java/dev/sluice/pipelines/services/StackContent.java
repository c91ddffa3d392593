package dev.sluice.pipelines.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.services.ProduceMessages.Destination;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/** Something small in each service, to be found again. */
record StackContent(ServicesConnection services, String name) {
  private static final String MESSAGE = "a message";

  void write() throws Exception {
    new ProduceMessages(services.kafkaBootstrap(), Map.of())
        .send(
            new ByteArrayInputStream(MESSAGE.getBytes(StandardCharsets.UTF_8)),
            new Destination(name, 1, Optional.empty()),
            line -> {});
    try (Connection connection = connect();
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE " + name + " AS SELECT 7 AS n");
    }
    http(
        HttpRequest.newBuilder(datasets())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"datasetReference\":{\"projectId\":\""
                        + services.bigqueryProject()
                        + "\",\"datasetId\":\""
                        + name
                        + "\"}}"))
            .build());
  }

  void assertThere() throws Exception {
    assertThat(ReadTopic.values(services.kafkaBootstrap(), name, 0))
        .containsExactly(MESSAGE.getBytes(StandardCharsets.UTF_8));
    try (Connection connection = connect();
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("SELECT n FROM " + name)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(7);
    }
    assertThat(http(HttpRequest.newBuilder(datasets()).GET().build())).contains('"' + name + '"');
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        services.postgresUrl(), services.postgresUser(), services.postgresPasswordRef().resolve());
  }

  private URI datasets() {
    return URI.create(
        services.bigqueryEndpoint()
            + "/bigquery/v2/projects/"
            + services.bigqueryProject()
            + "/datasets");
  }

  private static String http(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
