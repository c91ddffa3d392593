package dev.sluice.pipelines.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.catalog.contract.DataContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The example values that a contract gives for its stage columns (ODCS {@code examples}). */
record ContractExamples(Map<String, List<String>> byColumn) {

  static ContractExamples of(DataContract contract) {
    Map<String, List<String>> examples = new HashMap<>();
    for (JsonNode table : tree(contract).path("schema")) {
      if (isStage(table)) {
        table.path("properties").forEach(column -> take(column, examples));
      }
    }
    return new ContractExamples(examples);
  }

  List<String> of(String column) {
    return byColumn.getOrDefault(column, List.of());
  }

  private static void take(JsonNode column, Map<String, List<String>> examples) {
    List<String> values = new ArrayList<>();
    column.path("examples").forEach(value -> values.add(value.asText()));
    examples.put(column.path("name").asText(), List.copyOf(values));
  }

  private static boolean isStage(JsonNode table) {
    for (JsonNode tag : table.path("tags")) {
      if (tag.asText().equals("zone:stage")) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode tree(DataContract contract) {
    try {
      return new YAMLMapper().readTree(contract.text());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The contract " + contract + " was read before", e);
    }
  }
}
