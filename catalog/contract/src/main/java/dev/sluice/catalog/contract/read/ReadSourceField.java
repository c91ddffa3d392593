package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.SourceField;
import dev.sluice.catalog.contract.SourceField.TimeFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads how a stage column is found in a message and what its clear value must hold: the custom
 * property {@code source}, and, where the value is kept as it is, ODCS's own {@code
 * logicalTypeOptions} and {@code enum} too.
 */
final class ReadSourceField {
  private ReadSourceField() {}

  static SourceField of(
      Section column, Section custom, String name, ColumnType type, PrivacyMethod privacy) {
    Optional<Section> source = custom.section("source").map(s -> s.named(column.what()));
    boolean sameType = keepsType(privacy);
    ColumnType clear =
        source
            .flatMap(s -> ReadType.named(s, "type"))
            .orElse(sameType || !privacy.makesToken() ? type : Simple.STRING);
    if (sameType && !clear.equals(type)) {
      source.ifPresent(
          s ->
              s.fault(
                  "type",
                  "the value keeps its type, "
                      + type.ddl()
                      + "; delete 'type' or use a method that changes it"));
    }
    Limits limits = source.map(s -> Limits.read(s, clear)).orElse(Limits.NONE);
    if (privacy instanceof PrivacyMethod.Keep) {
      limits = limits.and(Limits.ofOdcs(column, clear), column);
    } else {
      // These describe the protected value, for outside readers.
      column
          .section("logicalTypeOptions")
          .ifPresent(
              options -> {
                Limits.read(options, type);
                options.done();
              });
      column.known("enum", "logicalTypeOptions");
    }
    SourceField field =
        new SourceField(
            source.flatMap(s -> s.text("field")).orElse(name),
            clear,
            source.map(s -> format(s, clear)).orElse(TimeFormat.ISO_8601),
            limits.pattern(),
            limits.minimum(),
            limits.maximum(),
            limits.minLength(),
            limits.maxLength(),
            limits.allowed(),
            examples(column),
            source.map(s -> s.texts("aliases")).orElse(List.of()),
            source.map(s -> s.texts("versions")).orElse(List.of()));
    source.ifPresent(Section::done);
    return field;
  }

  private static boolean keepsType(PrivacyMethod privacy) {
    return privacy instanceof PrivacyMethod.Keep
        || privacy instanceof PrivacyMethod.ScreenText
        || privacy instanceof PrivacyMethod.Generalise;
  }

  private static List<String> examples(Section column) {
    return column.scalars("examples").stream()
        .filter(s -> s.kind() != Yaml.Kind.NOTHING)
        .map(Yaml.Scalar::text)
        .toList();
  }

  private static TimeFormat format(Section source, ColumnType type) {
    Optional<String> name = source.text("format");
    if (name.isEmpty()) {
      return TimeFormat.ISO_8601;
    }
    if (type != Simple.TIMESTAMP && type != Simple.TIMESTAMP_NTZ) {
      source.fault("format", "a format is for timestamps; this is " + type.ddl());
    }
    return switch (name.get()) {
      case "iso-8601" -> TimeFormat.ISO_8601;
      case "epoch-seconds" -> TimeFormat.EPOCH_SECONDS;
      case "epoch-millis" -> TimeFormat.EPOCH_MILLIS;
      case "epoch-micros" -> TimeFormat.EPOCH_MICROS;
      default -> {
        source.fault(
            "format",
            "format must be iso-8601, epoch-seconds, epoch-millis or epoch-micros; got '"
                + name.get()
                + "'");
        yield TimeFormat.ISO_8601;
      }
    };
  }
}
