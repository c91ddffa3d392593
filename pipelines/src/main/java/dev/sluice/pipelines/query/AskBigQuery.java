package dev.sluice.pipelines.query;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableResult;
import dev.sluice.pipelines.config.SecretReference;
import dev.sluice.pipelines.config.SluiceConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks BigQuery as an analyst would, with Google's own client. */
public final class AskBigQuery {
  private final BigQuery client;

  public AskBigQuery(SluiceConfig.BigQuery settings) {
    BigQueryOptions.Builder options =
        BigQueryOptions.newBuilder()
            .setProjectId(settings.project())
            .setLocation(settings.location());
    settings
        .endpoint()
        .ifPresent(
            endpoint -> options.setHost(endpoint).setCredentials(NoCredentials.getInstance()));
    if (settings.endpoint().isEmpty()) {
      settings.credentialsRef().ifPresent(ref -> options.setCredentials(credentials(ref)));
    }
    this.client = options.build().getService();
  }

  private static GoogleCredentials credentials(SecretReference reference) {
    try {
      return GoogleCredentials.fromStream(
          new ByteArrayInputStream(reference.resolve().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected Google credentials at " + reference + " (bigquery.credentialsRef)", e);
    }
  }

  /** The first rows of an answer. */
  public QueryResult ask(String sql, int most) throws InterruptedException {
    TableResult answer =
        client.query(QueryJobConfiguration.newBuilder(sql).setUseLegacySql(false).build());
    List<String> columns = new ArrayList<>();
    List<Field> fields = answer.getSchema() == null ? List.of() : answer.getSchema().getFields();
    fields.forEach(field -> columns.add(field.getName()));
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (FieldValueList row : answer.iterateAll()) {
      if (rows.size() == most) {
        return new QueryResult(columns, rows, true);
      }
      List<@Nullable String> texts = new ArrayList<>();
      row.forEach(value -> texts.add(text(value)));
      rows.add(texts);
    }
    return new QueryResult(columns, rows, false);
  }

  private static @Nullable String text(FieldValue value) {
    return value.isNull() ? null : String.valueOf(value.getValue());
  }
}
