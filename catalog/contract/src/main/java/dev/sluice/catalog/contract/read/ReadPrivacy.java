package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.PrivacyMethod;
import java.util.Optional;
import java.util.Set;

/** Reads the custom property {@code privacy} of a stage column. */
final class ReadPrivacy {
  private static final Set<String> TIME_STEPS =
      Set.of("MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR");
  private static final Set<Simple> WHOLE_OR_FRACTION =
      Set.of(Simple.INT, Simple.BIGINT, Simple.FLOAT, Simple.DOUBLE);

  private ReadPrivacy() {}

  /** The method; what cannot be read is a fault and stands as suppression. */
  static PrivacyMethod of(Section column, Section custom, ColumnType type) {
    if (!custom.has("privacy")) {
      column.fault(
          "name",
          "nothing is said of privacy; add the custom property privacy with method keep,"
              + " siv-token, hmac-pseudonym, screen-text, generalise, suppress or drop");
    }
    Optional<Section> privacy = custom.section("privacy").map(p -> p.named(column.what()));
    return privacy.map(p -> method(p, type)).orElse(new PrivacyMethod.Suppress());
  }

  private static PrivacyMethod method(Section privacy, ColumnType type) {
    String name = privacy.must("method", privacy.text("method")).orElse("suppress");
    PrivacyMethod method =
        switch (name) {
          case "keep" -> new PrivacyMethod.Keep();
          case "siv-token" -> new PrivacyMethod.SivToken(domain(privacy));
          case "hmac-pseudonym" -> new PrivacyMethod.HmacPseudonym(domain(privacy));
          case "screen-text" -> new PrivacyMethod.ScreenText();
          case "generalise" -> new PrivacyMethod.Generalise(step(privacy, type));
          case "suppress" -> new PrivacyMethod.Suppress();
          case "drop" -> new PrivacyMethod.Drop();
          default -> unknown(privacy, name);
        };
    boolean textOnly = method.makesToken() || method instanceof PrivacyMethod.ScreenText;
    if (textOnly && type != Simple.STRING) {
      privacy.fault("method", name + " gives text; make the physicalType string");
    }
    privacy.done();
    return method;
  }

  private static PrivacyMethod unknown(Section privacy, String name) {
    privacy.fault(
        "method",
        "method must be keep, siv-token, hmac-pseudonym, screen-text, generalise, suppress or drop;"
            + " got '"
            + name
            + "'");
    privacy.value("domain");
    privacy.value("step");
    return new PrivacyMethod.Suppress();
  }

  private static String domain(Section privacy) {
    return Names.dashed(privacy, "domain").orElse("unknown");
  }

  private static String step(Section privacy, ColumnType type) {
    String step =
        privacy
            .must("step", privacy.value("step"))
            .map(value -> value instanceof Yaml.Scalar scalar ? scalar.text() : "")
            .orElse("");
    boolean times = type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_NTZ || type == Simple.DATE;
    boolean numbers =
        type instanceof ColumnType.Decimal
            || (type instanceof Simple s && WHOLE_OR_FRACTION.contains(s));
    boolean fits =
        times
            ? TIME_STEPS.contains(step)
            : numbers
                ? Section.numberOf(step).filter(n -> n.signum() > 0).isPresent()
                : type == Simple.STRING && step.matches("[1-9][0-9]{0,3}");
    if (!fits && privacy.has("step")) {
      privacy.fault(
          "step",
          "step must be the width of a bucket for numbers, one of MINUTE, HOUR, DAY, WEEK, MONTH,"
              + " QUARTER, YEAR for times, the length kept for text, and there is none for other"
              + " types; got '"
              + step
              + "' for "
              + type.ddl());
    }
    return step;
  }
}
