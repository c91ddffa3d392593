package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.column;
import static dev.sluice.stage.ContractFixture.field;
import static dev.sluice.stage.ContractFixture.optional;
import static dev.sluice.stage.ContractFixture.personal;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PrivacyMethod.Drop;
import dev.sluice.catalog.contract.PrivacyMethod.Keep;
import dev.sluice.catalog.contract.PrivacyMethod.SivToken;
import dev.sluice.catalog.contract.RowRule;
import dev.sluice.catalog.publishing.fixture.GuardTable;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One edition with a message for each guard of promotion: in force all of them hold, and with one
 * left out its own message does the damage it is there to prevent.
 */
class EveryPromotionGuardTest {
  private static final GuardTable TABLE = new GuardTable("promotion, one edition");
  private static final AtomicInteger TENANTS = new AtomicInteger();
  private static final String CANARY = "canary7319";
  private static final Seen IN_FORCE = promoted();

  /** What a promotion left: rows of stage and quarantine as text, or the exception it died of. */
  record Seen(List<String> stage, List<String> aside, String died) {
    boolean inStage(String part) {
      return stage.stream().anyMatch(row -> row.contains(part));
    }

    boolean isAside(String part) {
      return aside.stream().anyMatch(row -> row.contains(part));
    }

    /** Of the row of this place; its sealed bytes may hold anything. */
    boolean isAsideAt(String start) {
      return aside.stream().anyMatch(row -> row.startsWith(start));
    }
  }

  /**
   * @param holds what is seen with the guard in force
   * @param harm what is seen without
   */
  record Hole(
      String guard,
      Supplier<WithoutGuard> off,
      String answer,
      Predicate<Seen> holds,
      Predicate<Seen> harm,
      String damage) {
    @Override
    public String toString() {
      return guard;
    }
  }

  static Stream<Hole> holes() {
    return Stream.of(
        new Hole(
            "row rules",
            PromotionWithout::rowRules,
            "RULE:wheels-fit",
            seen -> seen.isAsideAt("1|RULE:wheels-fit"),
            seen -> seen.inStage("wheels=500"),
            "a row that breaks a rule is in stage"),
        new Hole(
            "rules that fail set the row aside",
            PromotionWithout::triedRules,
            "RULE:no-crash",
            seen -> seen.isAsideAt("2|RULE:no-crash"),
            seen -> seen.died.equals("SparkArithmeticException"),
            "one message stops the data set for good"),
        new Hole(
            "values that stage cannot hold",
            PromotionWithout::lookingForLostValues,
            "OUT_OF_RANGE",
            seen -> seen.isAsideAt("3|OUT_OF_RANGE"),
            seen -> seen.inStage("id=4,wheels=null,weight=null"),
            "a value became null in silence"),
        new Hole(
            "personal fields become tokens",
            PromotionWithout::tokens,
            "tok_...",
            seen -> seen.inStage("plate=tok_") && !seen.inStage(CANARY),
            seen -> seen.inStage("plate=" + CANARY),
            "a clear plate in stage"),
        new Hole(
            "bytes set aside are sealed",
            PromotionWithout::seals,
            "sealed",
            seen -> seen.isAsideAt("7|NOT_JSON") && !seen.isAside(CANARY),
            seen -> seen.isAside(CANARY),
            "a clear plate in quarantine"),
        new Hole(
            "dropped columns do not reach stage",
            PromotionWithout::droppedColumns,
            "no such column",
            seen -> !seen.inStage("remark="),
            seen -> seen.inStage("remark=" + CANARY),
            "a column stands in stage that must not"),
        new Hole(
            "rows without a key never collapse",
            PromotionWithout::careForNullKeys,
            "2 rows in stage",
            seen -> !seen.isAsideAt("5|"),
            seen -> seen.isAsideAt("5|CONFLICTING") || seen.isAsideAt("5|SAME"),
            "two events without a key are one"),
        new Hole(
            "what else the same key says is kept",
            PromotionWithout::comparingContent,
            "CONFLICTING_PAYLOAD",
            seen -> seen.isAsideAt("6|CONFLICTING_PAYLOAD|payload"),
            seen -> seen.isAsideAt("6|SAME_EVENT|none"),
            "another content of an event is lost"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holes")
  void holdsAndIsNeeded(Hole hole) {
    assertThat(IN_FORCE).as("in force").matches(hole.holds);
    Seen without;
    try (WithoutGuard unused = hole.off.get()) {
      without = promoted();
    }
    assertThat(without).as("left out").matches(hole.harm);
    TABLE.add(hole.guard, hole.answer, hole.damage);
  }

  @AfterAll
  static void printTheTable() {
    TABLE.print();
  }

  private static Seen promoted() {
    LandedByHand landed =
        new LandedByHand(contract("every" + TENANTS.incrementAndGet()))
            .land(
                event(1, NOON, "\"plate\":\"" + CANARY + "\",\"remark\":\"" + CANARY + "\""),
                event(2, NOON, "\"wheels\":500"),
                event(3, NOON, "\"ratio\":0"),
                event(4, NOON, "\"weight\":1099511627776"),
                "{\"seen_at\":" + NOON + "}",
                "{\"seen_at\":" + NOON + ",\"wheels\":3}",
                event(1, NOON, "\"wheels\":2"),
                "{\"plate\":\"" + CANARY);
    String died = "";
    try {
      landed.promote();
    } catch (RuntimeException e) {
      died = e.getClass().getSimpleName();
    }
    return new Seen(stage(landed), aside(landed), died);
  }

  private static List<String> stage(LandedByHand landed) {
    return Arrays.stream(landed.stage("*"))
        .map(
            row ->
                String.join(
                    ",",
                    Arrays.stream(row.schema().fieldNames())
                        .filter(name -> !name.startsWith("_") && !name.equals("seen_at"))
                        .map(name -> name + "=" + row.getAs(name))
                        .toList()))
        .toList();
  }

  /** Place, reason, and whether bytes are kept; the bytes themselves, as far as they are text. */
  private static List<String> aside(LandedByHand landed) {
    return Arrays.stream(landed.quarantine("sequence", "reason", "payload"))
        .map(
            row ->
                row.getLong(0)
                    + "|"
                    + row.getString(1)
                    + "|"
                    + (row.isNullAt(2) ? "none" : "payload " + bytes(row)))
        .toList();
  }

  private static String bytes(Row row) {
    return new String((byte[]) row.get(2), StandardCharsets.ISO_8859_1);
  }

  private static DataContract contract(String tenant) {
    return ContractFixture.of(tenant)
        .optionalKey()
        .with(optional("wheels", Simple.INT))
        .with(column("weight", Simple.INT, false, 0, new Keep(), field("weight", Simple.BIGINT)))
        .with(optional("ratio", Simple.INT))
        .with(personal("plate", new SivToken("plate")))
        .with(personal("remark", new Drop()))
        .with(new RowRule("wheels-fit", "coalesce(wheels, 4) < 20", "x"))
        .with(new RowRule("no-crash", "12 / coalesce(ratio, 1) > 0", "x"))
        .build();
  }
}
