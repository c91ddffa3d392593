package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.Comparison;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the one operator of a quality rule. */
final class ReadComparison {
  private ReadComparison() {}

  static Optional<Comparison> of(Section rule) {
    List<Comparison> found = new ArrayList<>();
    number(rule, "mustBe").map(Comparison.EqualTo::new).ifPresent(found::add);
    number(rule, "mustNotBe").map(Comparison.NotEqualTo::new).ifPresent(found::add);
    number(rule, "mustBeGreaterThan").ifPresent(n -> found.add(new Comparison.AtLeast(n, true)));
    number(rule, "mustBeGreaterOrEqualTo")
        .ifPresent(n -> found.add(new Comparison.AtLeast(n, false)));
    number(rule, "mustBeLessThan").ifPresent(n -> found.add(new Comparison.AtMost(n, true)));
    number(rule, "mustBeLessOrEqualTo").ifPresent(n -> found.add(new Comparison.AtMost(n, false)));
    between(rule, "mustBeBetween", false).ifPresent(found::add);
    between(rule, "mustNotBeBetween", true).ifPresent(found::add);
    if (found.size() != 1) {
      rule.fault(
          "id",
          "a rule needs exactly one of mustBe, mustNotBe, mustBeGreaterThan,"
              + " mustBeGreaterOrEqualTo, mustBeLessThan, mustBeLessOrEqualTo, mustBeBetween,"
              + " mustNotBeBetween, with numbers; it has "
              + found.size());
      return Optional.empty();
    }
    return Optional.of(found.get(0));
  }

  private static Optional<Double> number(Section rule, String key) {
    return rule.number(key).map(BigDecimal::doubleValue);
  }

  private static Optional<Comparison> between(Section rule, String key, boolean negated) {
    List<Yaml.Scalar> ends = rule.scalars(key);
    if (!rule.has(key)) {
      return Optional.empty();
    }
    List<Double> numbers =
        ends.stream()
            .filter(s -> s.kind() == Yaml.Kind.NUMBER)
            .flatMap(s -> Section.numberOf(s.text()).stream())
            .map(BigDecimal::doubleValue)
            .toList();
    if (ends.size() != 2 || numbers.size() != 2 || numbers.get(0) > numbers.get(1)) {
      rule.fault(key, "'" + key + "' must be two numbers, the smaller first");
      return Optional.empty();
    }
    return Optional.of(new Comparison.Between(numbers.get(0), numbers.get(1), negated));
  }
}
