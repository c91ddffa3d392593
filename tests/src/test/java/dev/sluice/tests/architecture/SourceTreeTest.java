package dev.sluice.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that show in the files rather than in the classes. */
class SourceTreeTest {
  private static final int LINES = 300;

  private static final Pattern ENDING =
      Pattern.compile("(Util|Utils|Helper|Helpers|Manager|Impl|Common|Base|Data|Info)\\.java$");

  /** The writer's option is ignored by Spark's batch writer: the rows would land on main. */
  private static final Pattern BRANCH_OPTION = Pattern.compile("\\.option\\(\\s*\"branch\"");

  private static final Pattern FLOATING =
      Pattern.compile(
          "<(version|[a-z0-9.]+\\.version)>\\s*([\\[(]|.*(LATEST|RELEASE|SNAPSHOT|,|\\+))");

  private static final Pattern HALF_MERGED = Pattern.compile("^(<<<<<<<|>>>>>>>) ");

  private final List<String> main = SourceTree.javaOf("main");
  private final List<String> tests = SourceTree.javaOf("test");

  @Test
  void theTreeIsRead() {
    assertThat(main).hasSizeGreaterThan(100);
    assertThat(tests)
        .contains("tests/src/test/java/dev/sluice/tests/architecture/SourceTreeTest.java");
  }

  @Test
  void noFileIsLongerThanAPersonReads() {
    assertThat(all())
        .filteredOn(path -> SourceTree.lines(path).size() > LINES)
        .as("files of more than %s lines; split them by what they do", LINES)
        .isEmpty();
  }

  @Test
  void namesSayWhatAClassIs() {
    assertThat(all()).filteredOn(path -> ENDING.matcher(path).find()).isEmpty();
  }

  @Test
  void branchesAreWrittenByTheirName() {
    assertThat(SourceTree.hits(main, BRANCH_OPTION)).isEmpty();
  }

  @Test
  void everyPackageForbidsNulls() {
    Set<String> folders =
        main.stream()
            .map(path -> path.substring(0, path.lastIndexOf('/')))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(folders)
        .allSatisfy(
            folder ->
                assertThat(SourceTree.lines(folder + "/package-info.java"))
                    .as(folder)
                    .anyMatch(
                        line -> line.matches("@(org\\.jspecify\\.annotations\\.)?NullMarked")));
  }

  @Test
  void noVersionFloats() {
    List<String> poms = SourceTree.files(path -> path.endsWith("pom.xml"));
    assertThat(poms).hasSizeGreaterThan(5);
    assertThat(SourceTree.hits(poms, FLOATING)).isEmpty();

    List<String> requirements =
        SourceTree.files(path -> path.matches("(.*/)?requirements[^/]*\\.txt"));
    Pattern loose = Pattern.compile("^[A-Za-z0-9_.\\[\\]-]+\\s*($|[<>~!;]|=[^=])");
    assertThat(SourceTree.hits(requirements, loose)).isEmpty();
  }

  @Test
  void testsWaitForConditionsAndNeverSleep() {
    Pattern sleep = Pattern.compile("Thread\\.sleep\\(|TimeUnit\\.[A-Z]+\\.sleep\\(");
    assertThat(SourceTree.hits(others(), sleep)).isEmpty();
  }

  @Test
  void whatIsLeftToDoNamesItsIssue() {
    assertThat(SourceTree.hits(others(), Pattern.compile("\\b(TODO|FIXME)\\b(?!\\(#\\d+\\))")))
        .isEmpty();
    assertThat(SourceTree.hits(main, Pattern.compile("@author|\\bXXX\\b"))).isEmpty();
  }

  @Test
  void noMergeIsHalfDone() {
    List<String> texts =
        SourceTree.files(
            path -> path.matches("sluice|(.*/)?run|.*\\.(java|md|py|sh|sql|toml|txt|xml|ya?ml)"));
    assertThat(texts).contains("sluice");
    assertThat(SourceTree.hits(texts, HALF_MERGED)).isEmpty();
  }

  @Test
  void aPatternThatShouldBeFoundIsFound() {
    assertThat("<<<<<<< HEAD").containsPattern(HALF_MERGED);
    assertThat("    .option(\"branch\", x)").containsPattern(BRANCH_OPTION);
    assertThat("<version>[1.0,2.0)</version>").containsPattern(FLOATING);
    assertThat("<version>1.0-SNAPSHOT</version>").containsPattern(FLOATING);
    assertThat("<spark.version>LATEST</spark.version>").containsPattern(FLOATING);
    assertThat("<version>4.1.0-preview1</version>").doesNotContainPattern(FLOATING);
    assertThat("catalog/RowHelper.java").containsPattern(ENDING);
  }

  private List<String> all() {
    return Stream.concat(main.stream(), tests.stream()).toList();
  }

  /** Tests without this one, which holds the patterns themselves. */
  private List<String> others() {
    return tests.stream().filter(path -> !path.endsWith("/SourceTreeTest.java")).toList();
  }
}
