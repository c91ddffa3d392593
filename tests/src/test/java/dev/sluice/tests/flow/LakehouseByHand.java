package dev.sluice.tests.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.LegacySQLTypeName;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableResult;
import dev.sluice.pipelines.cli.Contracts;
import dev.sluice.pipelines.cli.Produce;
import dev.sluice.pipelines.cli.ReferenceVerb;
import dev.sluice.pipelines.cli.RunVerb;
import dev.sluice.pipelines.config.EmbeddedConfig;
import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.config.ReadConfig;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.services.ServicesConnection;
import dev.sluice.pipelines.services.SharedStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;

/** A home of its own on the shared services, used by verbs as a person would. */
final class LakehouseByHand {
  private final Home home;
  private final Path folder;

  /**
   * @param folder an empty folder
   * @param contracts the folder of contracts
   */
  LakehouseByHand(Path folder, Path contracts) throws IOException {
    this.folder = folder;
    this.home = new Home(folder.resolve("home"));
    Files.createDirectories(home.services());
    Files.copy(SharedStack.home().servicesFile(), home.servicesFile());
    new EmbeddedConfig(home, contracts).write(line -> {});
  }

  void produce(String contract, List<String> lines) throws IOException {
    Path file = Files.createTempFile(folder, "lines", ".jsonl");
    Files.write(file, lines);
    verb(new Produce(), contract, file.toString());
  }

  void load(String reference, String csv) throws IOException {
    Path file = Files.createTempFile(folder, reference, ".csv");
    Files.writeString(file, csv);
    verb(new ReferenceVerb(), "load", reference, file.toString());
  }

  void lint() {
    verb(new Contracts(), "lint");
  }

  /** Runs all steps of a data set, or of all, once; gives the run's report. */
  JsonNode run(String... contract) throws IOException {
    verb(new RunVerb(), contract);
    return new ObjectMapper().readTree(home.latestReport().resolve("report.json").toFile());
  }

  /** Each row as its values joined by {@code |}; numbers without zeros at their end. */
  List<String> spark(String sql) {
    try (Lakehouse lakehouse =
        Lakehouse.open(home, ReadConfig.from(home.configuration()), new Progress(System.out))) {
      return lakehouse.lake().spark().sql(sql).collectAsList().stream()
          .map(row -> line(IntStream.range(0, row.size()).mapToObj(row::get)))
          .sorted()
          .toList();
    }
  }

  /** As {@link #spark}, asked of BigQuery. */
  List<String> bigQuery(String sql) throws InterruptedException {
    ServicesConnection services = SharedStack.connection();
    BigQuery client =
        BigQueryOptions.newBuilder()
            .setHost(services.bigqueryEndpoint())
            .setProjectId(services.bigqueryProject())
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    TableResult result = client.query(QueryJobConfiguration.of(sql));
    FieldList fields = result.getSchema().getFields();
    return StreamSupport.stream(result.iterateAll().spliterator(), false)
        .map(
            row ->
                line(
                    IntStream.range(0, fields.size())
                        .mapToObj(i -> value(fields.get(i).getType(), row.get(i)))))
        .sorted()
        .toList();
  }

  private static Object value(LegacySQLTypeName type, FieldValue value) {
    return type.equals(LegacySQLTypeName.NUMERIC) || type.equals(LegacySQLTypeName.BIGNUMERIC)
        ? value.getNumericValue()
        : value.getStringValue();
  }

  private static String line(Stream<Object> values) {
    return values
        .map(
            value ->
                value instanceof BigDecimal number
                    ? number.stripTrailingZeros().toPlainString()
                    : value.toString())
        .collect(Collectors.joining("|"));
  }

  /** The steps of a report of one name. */
  static List<JsonNode> steps(JsonNode report, String step) {
    return StreamSupport.stream(report.path("steps").spliterator(), false)
        .filter(each -> each.path("step").asText().equals(step))
        .toList();
  }

  Path folder() {
    return home.folder();
  }

  private void verb(Object verb, String... arguments) {
    assertThat(exit(verb, arguments)).as(String.join(" ", arguments)).isZero();
  }

  /** What a verb prints and complains of, whatever its exit code. */
  String said(Object verb, String... arguments) {
    PrintStream before = System.out;
    PrintStream errors = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(System.out);
    try {
      exit(verb, arguments);
    } finally {
      System.setOut(before);
      System.setErr(errors);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  /** Runs a verb; its exit code. */
  int exit(Object verb, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", home.folder().toString()));
    CommandLine line = new CommandLine(verb);
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          throw e;
        });
    return line.execute(all.toArray(new String[0]));
  }
}
