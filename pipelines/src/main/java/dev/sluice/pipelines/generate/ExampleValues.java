package dev.sluice.pipelines.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.StageColumn;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Picks values after a column's examples, the first ones most often. Personal texts with digits
 * stand for a population of people and things, so their digits vary; a personal number belongs to
 * the neighbourhood of the row's place, as a camera belongs to a corner.
 */
final class ExampleValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Exponent of the skew; 0 would be even. */
  private static final double SKEW = 0.6;

  private static final int POPULATION = 5_000;
  private static final int NEIGHBOURS = 15;

  private final StageColumn column;
  private final List<String> examples;
  private final boolean personal;
  private final double[] cumulative;

  ExampleValues(StageColumn column, List<String> examples) {
    this.column = column;
    this.examples = examples;
    this.personal = column.classification() == Classification.PERSONAL;
    this.cumulative = new double[examples.size()];
    double sum = 0;
    for (int i = 0; i < examples.size(); i++) {
      sum += Math.pow(i + 1.0, -SKEW);
      cumulative[i] = sum;
    }
  }

  List<String> examples() {
    return examples;
  }

  /** The index of an example, skewed. */
  int pick(RandomGenerator random) {
    double target = random.nextDouble() * cumulative[cumulative.length - 1];
    int index = 0;
    while (cumulative[index] < target) {
      index++;
    }
    return index;
  }

  /**
   * A value.
   *
   * @param place which place the row is about
   */
  JsonNode value(int place, RandomGenerator random) {
    boolean isText = column.source().type() == ColumnType.Simple.STRING;
    if (personal && !isText) {
      int near = random.nextInt(Math.min(NEIGHBOURS, examples.size()));
      return node(examples.get((place * 4 + near) % examples.size()));
    }
    if (personal && varies()) {
      return JSON.textNode(member(random.nextInt(POPULATION)));
    }
    return node(examples.get(pick(random)));
  }

  JsonNode node(String example) {
    return ExampleNode.of(column.source(), example);
  }

  private boolean varies() {
    return examples.stream().allMatch(e -> e.matches("[A-Z0-9 .-]*[0-9][A-Z0-9 .-]*"));
  }

  /** The n-th of the population: an example with other digits, always the same for n. */
  private String member(int n) {
    RandomGenerator own = new SplittableRandom(n * 0x9E3779B97F4A7C15L + column.name().hashCode());
    StringBuilder text = new StringBuilder();
    for (char c : examples.get(n % examples.size()).toCharArray()) {
      text.append(Character.isDigit(c) ? (char) ('0' + own.nextInt(10)) : c);
    }
    return text.toString();
  }
}
