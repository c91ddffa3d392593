package dev.sluice.catalog.contract.read;

import static dev.sluice.catalog.contract.read.SmallContract.FILE;
import static dev.sluice.catalog.contract.read.SmallContract.SQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with files and folders, and what is found together. */
class FaultsOfFilesTest {
  @TempDir private Path folder;

  @Test
  void allFaultsAreReportedTogether() {
    SmallContract contract = SmallContract.in(folder);
    int unknown = contract.replace(FILE, "status: draft", "status: draft\nmood: good") + 1;
    int version = contract.replace(FILE, "version: 0.1.0", "version: 0.1");
    int id = contract.replace(FILE, "id: shop-orders", "id: Shop Orders");
    contract.replace(FILE, "{ topic: \"${TENANT}.orders\" }", "{ maxDepth: 3 }");
    contract.replace(FILE, "path: ${DROP}/${TENANT}/orders", "path: orders");
    int unclassified =
        contract.replace(
            FILE,
            "physicalType: date, classification: personal, customProperties",
            "physicalType: date, customProperties");
    int noTable = contract.replace(FILE, "{ table: shops }", "{ table: stores }");
    int export =
        contract.replace(
            FILE, "columns: [region, day, orders]", "columns: [region, day, orders, buyer]");
    contract.replace(
        FILE,
        "- { name: customers,",
        "- { name: buyer, logicalType: string, physicalType: string, classification: personal,"
            + " transformSourceObjects: [orders.customer] }\n      - { name: customers,");
    contract.replace(SQL, "count(*) AS orders,", "count(*) AS orders, sha2(o.customer, 256),");

    List<Fault> faults = contract.faults();

    assertThat(faults)
        .extracting(f -> f.file() + ":" + f.line() + " " + f.message())
        .anySatisfy(m -> assertThat(m).startsWith(FILE + ":" + id + " ").contains("a name starts"))
        .anySatisfy(m -> assertThat(m).startsWith(FILE + ":" + version + " ").contains("'version'"))
        .anySatisfy(m -> assertThat(m).contains("lacks 'topic'"))
        .anySatisfy(m -> assertThat(m).startsWith(FILE + ":" + unknown + " ").contains("'mood'"))
        .anySatisfy(
            m -> assertThat(m).startsWith(FILE + ":" + unclassified + " column born: unclassified"))
        .anySatisfy(m -> assertThat(m).startsWith(FILE + ":" + noTable + " the input 'stores'"))
        .anySatisfy(
            m -> assertThat(m).startsWith(FILE + ":" + (export - 1) + " the personal column buyer"))
        .anySatisfy(m -> assertThat(m).contains("buyer comes from orders.customer, a token"))
        .anySatisfy(m -> assertThat(m).startsWith(SQL + ":5 the hash sha2 has no key"));
    assertThatThrownBy(() -> ContractFolder.read(folder))
        .isInstanceOfSatisfying(
            ContractFaults.class, e -> assertThat(e.faults()).isEqualTo(faults));
  }

  @Test
  void keyThatStandsTwiceIsRefused() {
    SmallContract contract = SmallContract.in(folder);
    int line = contract.replace(FILE, "status: draft", "status: draft\nid: other");

    assertThat(contract.faults())
        .containsExactly(new Fault(FILE, line + 1, "The key 'id' stands here twice; delete one"));
  }

  @Test
  void aliasesAndOwnTagsAreRefused() {
    SmallContract contract = SmallContract.in(folder);
    contract.replace(FILE, "status: draft", "status: &s draft\nname: *s\ndomain: !mine x");

    assertThat(contract.faults())
        .extracting(Fault::message)
        .anySatisfy(m -> assertThat(m).contains("aliases are not read"))
        .anySatisfy(m -> assertThat(m).contains("The tag !mine"));
  }

  @Test
  void locksOfEditorsArePassedOver() throws IOException {
    SmallContract contract = SmallContract.in(folder);
    contract.write(".hidden.odcs.yaml", new byte[] {'?'});
    Files.createSymbolicLink(folder.resolve(".#orders.odcs.yaml"), Path.of("me@host.123"));

    assertThat(contract.faults()).isEmpty();
  }

  @Test
  void whatIsNoFileIsAFaultBesideAllOthers() throws IOException {
    SmallContract contract = SmallContract.in(folder);
    int line = contract.replace(FILE, "status: draft", "status: draft\nmood: good");
    Files.createDirectory(folder.resolve("a.odcs.yaml"));
    Files.createSymbolicLink(folder.resolve("b.odcs.yaml"), Path.of("nowhere"));

    assertThat(contract.faults())
        .extracting(f -> f.file() + ":" + f.line())
        .containsExactly("a.odcs.yaml:1", "b.odcs.yaml:1", FILE + ":" + (line + 1));
  }

  @Test
  void twoContractsMayNotShareTables() {
    SmallContract contract = SmallContract.in(folder);
    contract.write(
        "zz.odcs.yaml",
        contract
            .text(FILE)
            .replace("id: shop-orders", "id: other-orders")
            .getBytes(StandardCharsets.UTF_8));

    assertThat(contract.faults())
        .allSatisfy(f -> assertThat(f.file()).isEqualTo("zz.odcs.yaml"))
        .extracting(Fault::message)
        .anySatisfy(m -> assertThat(m).contains("table north_stage.orders is declared already"))
        .anySatisfy(m -> assertThat(m).contains("topic south.orders is declared already"))
        .noneSatisfy(m -> assertThat(m).contains("reference data"));
  }

  @Test
  void folderThatIsMissingOrEmptyIsAFault() {
    assertThat(ContractFolder.examine(folder).faults()).hasSize(1);
    assertThat(ContractFolder.examine(folder.resolve("none")).faults()).hasSize(1);
  }
}
