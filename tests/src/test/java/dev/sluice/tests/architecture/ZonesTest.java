package dev.sluice.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may know whom. Data flows through the zones; code does not. */
class ZonesTest {
  private static final String[] SPARK = {"org.apache.spark..", "scala.."};
  private static final String[] LOGGERS = {
    "org.slf4j..",
    "org.apache.logging..",
    "org.apache.log4j..",
    "org.apache.commons.logging..",
    "java.util.logging.."
  };
  private static final String[] ZONES = {
    "dev.sluice.raw..", "dev.sluice.stage..", "dev.sluice.refined.."
  };

  @Test
  void everyModuleIsLookedAt() {
    Set<String> seen =
        SluiceClasses.all().stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

    assertThat(seen)
        .contains(
            "dev.sluice.catalog.contract",
            "dev.sluice.catalog.tables",
            "dev.sluice.catalog.privacy",
            "dev.sluice.catalog.publishing",
            "dev.sluice.raw",
            "dev.sluice.stage",
            "dev.sluice.refined",
            "dev.sluice.pipelines.session");
  }

  @TestFactory
  Stream<DynamicTest> rules() {
    return Map.of(
            "zones do not know each other",
            slices().matching("dev.sluice.(raw|stage|refined)..").should().notDependOnEachOther(),
            "the catalog knows no zone",
            noClasses()
                .that()
                .resideInAPackage("dev.sluice.catalog..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ZONES),
            "nobody knows pipelines",
            noClasses()
                .that()
                .resideOutsideOfPackage("dev.sluice.pipelines..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.sluice.pipelines.."),
            "contracts, positions and runs are plain Java",
            classes()
                .that()
                .resideInAnyPackage(
                    "dev.sluice.catalog.contract",
                    "dev.sluice.catalog.position",
                    "dev.sluice.catalog.run")
                .should()
                .onlyDependOnClassesThat(
                    resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "dev.sluice.catalog.contract",
                        "dev.sluice.catalog.position",
                        "dev.sluice.catalog.run")),
            "reading contracts needs no engine",
            classes()
                .that()
                .resideInAPackage("dev.sluice.catalog.contract..")
                .should()
                .onlyDependOnClassesThat(
                    resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.fasterxml.jackson..",
                        "org.yaml.snakeyaml..",
                        "dev.sluice.catalog.contract..",
                        "dev.sluice.catalog.position",
                        "dev.sluice.catalog.run")),
            "the tables' module has no Spark",
            noClasses()
                .that()
                .resideInAPackage("dev.sluice.catalog.tables..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SPARK),
            "privacy has no Spark",
            noClasses()
                .that()
                .resideInAPackage("dev.sluice.catalog.privacy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SPARK),
            "privacy has no logger",
            noClasses()
                .that()
                .resideInAPackage("dev.sluice.catalog.privacy..")
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(LOGGERS).or(assignableTo(System.Logger.class)))
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"))
        .entrySet()
        .stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> check(rule.getValue())));
  }

  private static void check(ArchRule rule) {
    rule.check(SluiceClasses.all());
  }
}
