package dev.sluice.pipelines.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.SourceField;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Makes a value of a type for which a contract gives no examples. */
final class MakeValue {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

  private MakeValue() {}

  static JsonNode of(SourceField field, Instant near, RandomGenerator random) {
    if (field.type() instanceof ColumnType.Simple simple) {
      return simple(field, simple, near, random);
    }
    return of(field.type(), near, random);
  }

  /** A time as the message writes it. */
  static JsonNode time(SourceField.TimeFormat format, Instant time) {
    return switch (format) {
      case ISO_8601 -> JSON.textNode(time.truncatedTo(ChronoUnit.MILLIS).toString());
      case EPOCH_SECONDS -> JSON.numberNode(time.getEpochSecond());
      case EPOCH_MILLIS -> JSON.numberNode(time.toEpochMilli());
      case EPOCH_MICROS -> JSON.numberNode(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    };
  }

  private static JsonNode simple(
      SourceField field, ColumnType.Simple type, Instant near, RandomGenerator random) {
    return switch (type) {
      case INT, BIGINT -> JSON.numberNode(number(field, random).toBigInteger().longValueExact());
      case FLOAT, DOUBLE -> JSON.numberNode(number(field, random).doubleValue());
      case STRING -> JSON.textNode(text(field, random));
      case TIMESTAMP -> time(field.timeFormat(), near);
      default -> of((ColumnType) type, near, random);
    };
  }

  private static JsonNode of(ColumnType type, Instant near, RandomGenerator random) {
    if (type instanceof ColumnType.Array array) {
      ArrayNode list = JSON.arrayNode();
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(of(array.element(), near, random));
      }
      return list;
    }
    if (type instanceof ColumnType.Struct struct) {
      ObjectNode parts = JSON.objectNode();
      struct.fields().forEach(f -> parts.set(f.name(), of(f.type(), near, random)));
      return parts;
    }
    if (type instanceof ColumnType.Decimal decimal) {
      int digits = Math.min(decimal.precision(), 12);
      return JSON.numberNode(
          new BigDecimal(
              BigInteger.valueOf(random.nextLong((long) Math.pow(10, digits))), decimal.scale()));
    }
    return plain((ColumnType.Simple) type, near, random);
  }

  private static JsonNode plain(ColumnType.Simple type, Instant near, RandomGenerator random) {
    return switch (type) {
      case BOOLEAN -> JSON.booleanNode(random.nextBoolean());
      case INT, BIGINT -> JSON.numberNode(random.nextInt(1_000_000));
      case FLOAT, DOUBLE -> JSON.numberNode(random.nextInt(1_000_000) / 100.0);
      case STRING -> JSON.textNode(word(random));
      case BINARY -> JSON.textNode(Base64.getEncoder().encodeToString(bytes(random)));
      case DATE -> JSON.textNode(near.atZone(ZoneOffset.UTC).toLocalDate().toString());
      case TIMESTAMP -> time(SourceField.TimeFormat.ISO_8601, near);
      case TIMESTAMP_NTZ ->
          JSON.textNode(
              LocalDateTime.ofInstant(near.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC)
                  .toString());
    };
  }

  private static BigDecimal number(SourceField field, RandomGenerator random) {
    BigDecimal low = field.minimum().orElse(BigDecimal.ZERO);
    BigDecimal high = field.maximum().orElse(low.max(BigDecimal.ZERO).add(MOST));
    return low.add(high.subtract(low).multiply(BigDecimal.valueOf(random.nextDouble())));
  }

  private static String text(SourceField field, RandomGenerator random) {
    if (!field.allowed().isEmpty()) {
      return field.allowed().get(random.nextInt(field.allowed().size()));
    }
    if (field.pattern().isPresent()) {
      return TextFromPattern.of(field.pattern().get(), random);
    }
    StringBuilder text = new StringBuilder(word(random));
    while (text.length() < field.minLength().orElse(1)) {
      text.append(' ').append(word(random));
    }
    text.setLength(Math.min(text.length(), field.maxLength().orElse(Integer.MAX_VALUE)));
    return text.toString();
  }

  private static String word(RandomGenerator random) {
    return TextFromPattern.of("[bdfglmnprst][aeiou][bdfglmnprst][aeiou][lmnrst]", random);
  }

  private static byte[] bytes(RandomGenerator random) {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return bytes;
  }
}
