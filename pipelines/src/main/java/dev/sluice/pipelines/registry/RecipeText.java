package dev.sluice.pipelines.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.tables.HeadText;
import dev.sluice.refined.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A recipe as JSON. */
final class RecipeText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecipeText() {}

  static String write(Recipe recipe) {
    try {
      ObjectNode node =
          JSON.createObjectNode()
              .put("table", recipe.table())
              .put("contract", recipe.contract())
              .put("contractVersion", recipe.contractVersion())
              .put("contractHash", recipe.contractHash())
              .put("codeVersion", recipe.codeVersion())
              .put("definition", recipe.definition())
              .put("schema", recipe.schema())
              .put("rows", recipe.rows())
              .put("checksum", recipe.checksum());
      node.set("head", JSON.readTree(HeadText.write(recipe.head())));
      ArrayNode inputs = node.putArray("inputs");
      for (Recipe.Input input : recipe.inputs()) {
        ObjectNode each =
            inputs
                .addObject()
                .put("table", input.table())
                .put("epoch", input.epoch())
                .put("edition", input.edition());
        input.snapshot().ifPresent(id -> each.put("snapshot", id));
      }
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A recipe has no JSON form", e);
    }
  }

  static Recipe read(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      List<Recipe.Input> inputs = new ArrayList<>();
      for (JsonNode input : node.path("inputs")) {
        inputs.add(
            new Recipe.Input(
                input.path("table").asText(),
                input.has("snapshot")
                    ? OptionalLong.of(input.path("snapshot").longValue())
                    : OptionalLong.empty(),
                input.path("epoch").longValue(),
                input.path("edition").longValue()));
      }
      return new Recipe(
          node.path("table").asText(),
          node.path("contract").asText(),
          node.path("contractVersion").asText(),
          node.path("contractHash").asText(),
          node.path("codeVersion").asText(),
          node.path("definition").asText(),
          HeadText.read(node.path("head").toString()),
          inputs,
          node.path("schema").asText(),
          node.path("rows").longValue(),
          node.path("checksum").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A recipe in the registry is no JSON", e);
    }
  }
}
