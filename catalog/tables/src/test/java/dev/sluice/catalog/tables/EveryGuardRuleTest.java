package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;
import static dev.sluice.catalog.tables.AStamp.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule of the guard against the misuse it is there for: in force it refuses and nothing is
 * damaged; left out, the damage happens. The table of both is printed.
 */
class EveryGuardRuleTest {
  private static final Map<String, String> PRINTED = new TreeMap<>();

  /**
   * One misuse.
   *
   * @param answer what the guard says: a {@link Refused.Why} or the exception's name
   * @param damage what is wrong afterwards; empty when nothing is
   */
  record Misuse(
      Rule rule,
      String what,
      String answer,
      Consumer<Scene> act,
      Function<Scene, Optional<String>> damage) {
    @Override
    public String toString() {
      return rule + ": " + what;
    }
  }

  static Stream<Misuse> misuses() {
    return Stream.of(
        new Misuse(
            Rule.FORWARD_ONLY,
            "roll main back",
            "MainWouldGoBack",
            s -> s.acting().manageSnapshots().rollbackTo(s.snapshotOfEdition(1)).commit(),
            s -> when(s.live().size() < 2, "rows are gone, the head says they were taken")),
        new Misuse(
            Rule.PROVEN,
            "close a run with a broken stamp",
            "UNPROVEN",
            s -> s.acting().newFastAppend().set("sluice.stamp", "{\"format\":1}").commit(),
            s -> when(snapshots(s) > 2, "the run reports success, the head has not moved")),
        new Misuse(
            Rule.COMPARE_AND_SET,
            "take an interval again with a fresh edition",
            "ALREADY_TAKEN",
            s -> s.append(AStamp.ofEdition(3).taking(CAMERA, 10, 20)),
            s -> when(s.live().size() > 2, "the same messages stand in the table twice")),
        new Misuse(
            Rule.EDITION,
            "use an edition number again",
            "EDITION",
            s -> s.append(AStamp.ofEdition(2).taking(OTHER, 0, 10)),
            s ->
                when(
                    s.live().size() > 2 && s.head().edition() == 2,
                    "new rows carry an edition that readers have passed")),
        new Misuse(
            Rule.EPOCH,
            "write with what was read before a rewind",
            "STALE_EPOCH",
            s -> {
              s.others().rewind(s.identifier, s.snapshotOfEdition(1));
              s.append(AStamp.ofEdition(4).epoch(0).taking(CAMERA, 10, 20));
            },
            s -> when(s.live().size() > 1, "a writer from before the rewind has written")),
        new Misuse(
            Rule.STAMPED,
            "append rows without a stamp",
            "UNSTAMPED",
            Scene::appendBare,
            s -> when(s.live().size() > 2, "rows without place or edition that no reader finds")),
        new Misuse(
            Rule.BRANCH,
            "write to main what was meant for a branch",
            "WRONG_BRANCH",
            s -> s.append(AStamp.ofEdition(3).branch("audit_r1").taking(CAMERA, 20, 30)),
            s -> when(s.live().size() > 2, "rows are published that nobody has checked")),
        new Misuse(
            Rule.OWN_PROPERTIES,
            "set the head by hand",
            "HEAD_TAMPERED",
            s -> s.acting().updateProperties().set("sluice.head", headAt10()).commit(),
            s -> when(s.taken() == 10, "the head says that less was taken: it will come twice")),
        new Misuse(
            Rule.CONTRACT,
            "rename a column",
            "CONTRACT",
            s -> s.acting().updateSchema().renameColumn("id", "ident").commit(),
            s -> when(s.now().schema().findField("id") == null, "the declared column is gone")),
        new Misuse(
            Rule.CONTRACT,
            "rename a column in a minor version",
            "CONTRACT",
            s -> s.changeColumns("1.1.0", columns -> columns.renameColumn("id", "ident")),
            s -> when(s.now().schema().findField("id") == null, "readers of 1.x lose the column")),
        new Misuse(
            Rule.CONTRACT,
            "add a column while the contract's version goes back",
            "CONTRACT",
            s ->
                s.changeColumns(
                    "0.9.0", columns -> columns.addColumn("extra", Types.StringType.get())),
            s -> when(s.now().schema().findField("extra") != null, "a column nobody declared")),
        new Misuse(
            Rule.CONTRACT,
            "let a value be missing under the same version",
            "CONTRACT",
            s -> s.acting().updateSchema().makeColumnOptional("id").commit(),
            s -> when(s.now().schema().findField("id").isOptional(), "a promise is gone unseen")),
        new Misuse(
            Rule.CONTRACT,
            "delete a column, even in a new major version",
            "CONTRACT",
            s -> {
              s.changeColumns(
                  "1.1.0", columns -> columns.addColumn("extra", Types.StringType.get()));
              s.changeColumns("2.0.0", columns -> columns.deleteColumn("extra"));
            },
            s ->
                when(
                    s.now().schema().findField("extra") == null
                        && "2.0.0".equals(s.now().properties().get("sluice.contract-version")),
                    "its values are gone")),
        new Misuse(
            Rule.KEY,
            "claim encryption",
            "KEY",
            s ->
                s.catalog
                    .buildTable(TableIdentifier.parse(s.name + "_keyed"), SparkLikeWriter.SCHEMA)
                    .withProperties(Map.of("format-version", "3", "encryption.key-id", "tenant"))
                    .create(),
            s ->
                when(
                    s.others().tableExists(TableIdentifier.parse(s.name + "_keyed")),
                    "a table that claims encryption and is stored in clear")),
        new Misuse(
            Rule.REPLACE,
            "replace the table",
            "REPLACE",
            s ->
                s.catalog
                    .buildTable(s.identifier, SparkLikeWriter.SCHEMA)
                    .replaceTransaction()
                    .commitTransaction(),
            s -> when(s.live().isEmpty(), "all rows are gone, the head says they were taken")),
        new Misuse(
            Rule.KEPT,
            "drop the table",
            "REPLACE",
            s -> s.catalog.dropTable(s.identifier, false),
            s -> when(!s.exists(), "the table and its head are gone")),
        new Misuse(
            Rule.REGISTER,
            "register its metadata under another name",
            "UNPROVEN",
            s ->
                s.catalog.registerTable(
                    TableIdentifier.parse(s.name + "_twin"), s.metadataLocation()),
            s ->
                when(
                    s.others().tableExists(TableIdentifier.parse(s.name + "_twin")),
                    "two tables own the same files and the same head")),
        new Misuse(
            Rule.LOST_ANSWERS,
            "lose the answer of a commit that then expires",
            "OutcomeUnknown",
            s -> {
              LossyDriver.arm(
                  new LossyDriver.Fault("08006", true, s::anotherCommitsAndAllElseExpires));
              s.append(AStamp.ofEdition(3).taking(CAMERA, 20, 30));
            },
            s -> when(s.missingFiles() > 0, "a live data file was deleted: main is unreadable")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("misuses")
  void refusesItsMisuseAndIsNeededForIt(Misuse misuse) {
    String inForce;
    try (Scene scene = new Scene(EnumSet.allOf(Rule.class))) {
      inForce = answer(() -> misuse.act.accept(scene));
      assertThat(inForce).isEqualTo(misuse.answer);
      assertThat(misuse.damage.apply(scene)).as("damage with the rule in force").isEmpty();
    }
    try (Scene scene = new Scene(EnumSet.complementOf(EnumSet.of(misuse.rule)))) {
      String leftOut = answer(() -> misuse.act.accept(scene));
      Optional<String> damage = misuse.damage.apply(scene);
      assertThat(damage).as("damage with the rule left out").isPresent();
      PRINTED.put(
          misuse.toString(),
          "%-15s | %-45s | %-15s | %-13s | %s"
              .formatted(misuse.rule, misuse.what, inForce, leftOut, damage.get()));
    }
  }

  @Test
  void noRuleIsLeftWithoutItsMisuse() {
    assertThat(misuses().map(Misuse::rule).distinct()).containsExactlyInAnyOrder(Rule.values());
  }

  @Test
  void theCatalogThatConfigurationCanNameHasAllRules() {
    assertThat(Set.of(GuardedCatalog.class.getConstructors()))
        .allMatch(constructor -> constructor.getParameterCount() == 0);
    try (Scene scene = new Scene(EnumSet.allOf(Rule.class));
        GuardedCatalog configured = TestCatalogs.onPostgres()) {
      Table table = configured.loadTable(scene.identifier);
      assertThat(answer(() -> SparkLikeWriter.append(table, Map.of(), "main")))
          .isEqualTo("UNSTAMPED");
      try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
        assertThat(tasks).hasSize(2);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @AfterAll
  static void printTheTable() {
    System.out.printf(
        "%n%-15s | %-45s | %-15s | %-13s | %s%n",
        "rule", "misuse", "in force", "left out", "damage when left out");
    PRINTED.values().forEach(System.out::println);
  }

  private static String answer(Runnable act) {
    try {
      act.run();
      return "done";
    } catch (Refused e) {
      return e.why().name();
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static Optional<String> when(boolean damaged, String what) {
    return damaged ? Optional.of(what) : Optional.empty();
  }

  private static int snapshots(Scene scene) {
    int count = 0;
    for (var ignored : scene.now().snapshots()) {
      count++;
    }
    return count;
  }

  private static String headAt10() {
    return "{\"epoch\":0,\"edition\":2,\"lanes\":{\"" + CAMERA + "\":10}}";
  }
}
