package dev.sluice.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import dev.sluice.catalog.tables.PasswordReference;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What only pipelines does: start Spark, read the environment, be a program. */
class EntrancesTest {

  @Test
  void onlyPipelinesStartsSpark() {
    outsidePipelines()
        .should()
        .callMethod(SparkSession.class, "builder")
        .orShould()
        .callConstructor(SparkContext.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(JavaSparkContext.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(SparkSession.Builder.class)
        .check(SluiceClasses.all());
  }

  /** A secret's reference may name a variable, which is read where the secret is used. */
  @Test
  void onlyPipelinesReadsTheEnvironment() {
    outsidePipelines()
        .and()
        .doNotBelongToAnyOf(PasswordReference.class)
        .and()
        .doNotHaveFullyQualifiedName("dev.sluice.catalog.privacy.ServiceToken")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(SluiceClasses.all());
  }

  @Test
  void onlyPipelinesIsAProgram() {
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("dev.sluice.pipelines..")
        .should()
        .haveName("main")
        .check(SluiceClasses.all());
  }

  @Test
  void onlyPipelinesEndsTheProcess() {
    outsidePipelines()
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(SluiceClasses.all());
  }

  private static GivenClassesConjunction outsidePipelines() {
    return noClasses().that().resideOutsideOfPackage("dev.sluice.pipelines..");
  }
}
