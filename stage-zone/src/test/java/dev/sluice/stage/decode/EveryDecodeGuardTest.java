package dev.sluice.stage.decode;

import static dev.sluice.stage.ContractFixture.bounded;
import static dev.sluice.stage.ContractFixture.column;
import static dev.sluice.stage.ContractFixture.optional;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PrivacyMethod.Keep;
import dev.sluice.catalog.publishing.fixture.GuardTable;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.stage.ContractFixture;
import java.io.IOException;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.bytebuddy.implementation.bind.annotation.FieldValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each strictness of decoding against the message it is there for, in force and left out. */
class EveryDecodeGuardTest {
  private static final GuardTable TABLE = new GuardTable("decoding");
  private static final String AT = "\"seen_at\":1700000000000";
  private static final long ARRIVED = 1_700_000_000_000_000L;

  /**
   * @param more what the message has beside its event time
   * @param reason why it is set aside with the guard in force
   * @param column and {@code wrong}: what the message is read as without
   */
  record Hole(
      String guard,
      Supplier<WithoutGuard> off,
      String message,
      String reason,
      int column,
      String wrong,
      String damage) {
    @Override
    public String toString() {
      return guard;
    }
  }

  static Stream<Hole> holes() {
    return Stream.of(
        new Hole(
            "bytes are UTF-8",
            () -> WithoutGuard.answering(Utf8.class, "isValid", true),
            message("\"id\":1,\"x\":\"\u00ed\u00a0\u0080\""),
            "NOT_UTF8",
            0,
            "1",
            "bytes that other readers refuse are read"),
        new Hole(
            "text fits UTF-8",
            () -> WithoutGuard.calling(JsonTokens.class, "text", AnyText.class),
            message("\"id\":1,\"name\":\"\\ud800\""),
            "NOT_UTF8",
            2,
            "\ud800",
            "half a character is stored"),
        new Hole(
            "a field stands once",
            EveryDecodeGuardTest::withoutMemory,
            message("\"id\":1,\"id\":null"),
            "DUPLICATE_FIELD",
            0,
            "1",
            "of two values one is taken silently"),
        new Hole(
            "nothing follows",
            () -> WithoutGuard.skipping(DecodeMessage.class, "refuseTrailing"),
            message("\"id\":1") + message("\"id\":2"),
            "TRAILING_DATA",
            0,
            "1",
            "a second event in one message is lost"),
        new Hole(
            "nesting is bounded",
            () -> WithoutGuard.skipping(JsonTokens.class, "refuseTooDeep"),
            message("\"id\":1,\"x\":" + "[".repeat(8) + "]".repeat(8)),
            "TOO_DEEP",
            0,
            "1",
            "a message is walked however deep it is"),
        new Hole(
            "required fields are there",
            () -> WithoutGuard.skipping(DecodeMessage.class, "requireAll"),
            message("\"name\":\"a\""),
            "MISSING_FIELD",
            0,
            "null",
            "a row without its key"),
        new Hole(
            "event time is in bounds",
            () -> WithoutGuard.skipping(DecodeMessage.class, "checkEventTime"),
            "{\"id\":1,\"seen_at\":7258118400000}",
            "TIME_OUT_OF_BOUNDS",
            1,
            "2200-01-01T00:00:00Z",
            "a day of the year 2200 in stage"),
        new Hole(
            "int does not wrap",
            () -> WithoutGuard.calling(ReadValue.class, "smallNumber", Wrapping.class),
            message("\"id\":1,\"count\":4294967301"),
            "OUT_OF_RANGE",
            3,
            "5",
            "4294967301 became 5"),
        new Hole(
            "bigint does not wrap",
            () -> WithoutGuard.calling(JsonTokens.class, "wholeNumber", WrappingLong.class),
            message("\"id\":18446744073709551623"),
            "OUT_OF_RANGE",
            0,
            "7",
            "18446744073709551623 became 7"),
        new Hole(
            "doubles are finite",
            () -> WithoutGuard.calling(JsonTokens.class, "floatingNumber", AnyDouble.class),
            message("\"id\":1,\"weight\":1e999"),
            "OUT_OF_RANGE",
            4,
            "Infinity",
            "1e999 became Infinity"),
        new Hole(
            "decimals are exact",
            () -> WithoutGuard.calling(ReadValue.class, "decimal", Rounding.class),
            message("\"id\":1,\"price\":9.999"),
            "OUT_OF_RANGE",
            5,
            "10.00",
            "9.999 became 10.00"),
        new Hole(
            "bounds of the contract",
            () -> WithoutGuard.skipping(CheckValue.class, "orOutOfRange"),
            message("\"id\":1,\"speed\":500"),
            "OUT_OF_RANGE",
            6,
            "500",
            "500 where the contract allows 300"),
        new Hole(
            "conditions of the contract",
            () -> WithoutGuard.calling(CheckValue.class, "of", NoConditions.class),
            message("\"id\":1,\"code\":\"zz\""),
            "PATTERN",
            7,
            "zz",
            "a code that the contract does not know"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holes")
  void setsItsMessageAsideAndIsNeededForIt(Hole hole) {
    String inForce = hole.reason;
    assertThat(read(hole)).isEqualTo(inForce);
    try (WithoutGuard unused = hole.off.get()) {
      assertThat(read(hole)).as("read as, with the guard left out").isEqualTo(hole.wrong);
    }
    assertThat(read(hole)).as("the guard is back").isEqualTo(inForce);
    TABLE.add(hole.guard, inForce, hole.damage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna@example.org", "KA-XY-7319", "anna.svensson", "ab12cde"})
  void namesOfUnknownFieldsAreToldOnlyWhenTheyAreNames(String name) {
    String message = message("\"id\":1,\"" + name + "\":1");

    assertThat(decoded(message).unknown()).containsExactly(UnknownNames.NOT_A_NAME);
    try (WithoutGuard unused = WithoutGuard.passing(UnknownNames.class, "fit", 0)) {
      assertThat(decoded(message).unknown()).containsExactly(name);
    }
    TABLE.add("reports tell names only", "(not a name)", "personal data as a name in the report");
  }

  @AfterAll
  static void printTheTable() {
    TABLE.print();
  }

  private static String read(Hole hole) {
    Decoded decoded = decoded(hole.message);
    return decoded
        .reason()
        .map(Enum::name)
        .orElseGet(() -> String.valueOf(decoded.values()[hole.column]));
  }

  private static Decoded decoded(String message) {
    return new DecodeMessage(new MessagePlan(contract()))
        .decode(message.getBytes(ISO_8859_1), ARRIVED);
  }

  private static String message(String more) {
    return "{" + AT + "," + more + "}";
  }

  private static DataContract contract() {
    return ContractFixture.of("decoding")
        .with(optional("name", Simple.STRING))
        .with(optional("count", Simple.INT))
        .with(optional("weight", Simple.DOUBLE))
        .with(optional("price", new ColumnType.Decimal(9, 2)))
        .with(
            column(
                "speed",
                Simple.INT,
                false,
                0,
                new Keep(),
                bounded("speed", Simple.INT, "0", "300")))
        .with(
            column(
                "code",
                Simple.STRING,
                false,
                0,
                new Keep(),
                ContractFixture.text("code", "^[0-9]+$", 0, 0)))
        .build();
  }

  private static WithoutGuard withoutMemory() {
    try {
      return WithoutGuard.within(
          ReadFields.class,
          "walk",
          Set.class,
          "add",
          Forgetful.class.getMethod("add", Set.class, Object.class));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As if every name came for the first time. */
  public static final class Forgetful {
    public static boolean add(Set<Object> seen, Object name) {
      seen.add(name);
      return true;
    }
  }

  static final class AnyText {
    static String text(@FieldValue("parser") JsonParser in) throws IOException {
      return in.getText();
    }
  }

  static final class Wrapping {
    static Object smallNumber(Tokens in) throws IOException, Rejected {
      return (int) in.wholeNumber();
    }
  }

  static final class WrappingLong {
    static long wholeNumber(@FieldValue("parser") JsonParser in) throws IOException {
      return in.getBigIntegerValue().longValue();
    }
  }

  static final class AnyDouble {
    static double floatingNumber(@FieldValue("parser") JsonParser in) throws IOException {
      return Double.parseDouble(in.getText());
    }
  }

  static final class Rounding {
    static ReadValue decimal(int precision, int scale) {
      return in -> in.exactNumber().setScale(scale, RoundingMode.HALF_UP);
    }
  }

  static final class NoConditions {
    static List<CheckValue> of() {
      return List.of();
    }
  }
}
