package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds contracts that would write to one table or read one topic or folder. */
final class LintNeighbours {
  private static final String DROP = "${DROP}";

  private final Map<String, DeclaredContract> owners = new HashMap<>();
  private final Map<String, DeclaredContract> folders = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  private LintNeighbours() {}

  static List<Fault> lint(List<DeclaredContract> contracts) {
    LintNeighbours lint = new LintNeighbours();
    contracts.forEach(lint::add);
    return lint.faults;
  }

  private void add(DeclaredContract declared) {
    DataContract contract = declared.contract();
    claim("id", "contract " + contract.id(), declared);
    for (TenantId tenant : contract.tenants()) {
      claim("id", "table " + contract.rawTable(tenant), declared);
      claim("stage", "table " + contract.stageTable(tenant), declared);
      if (contract.source().hasTopic()) {
        claim("source", "topic " + contract.source().topic(tenant), declared);
      }
      contract.source().folder().ifPresent(f -> claimFolder(f.location(tenant, DROP), declared));
      contract
          .products()
          .forEach(
              p ->
                  claim(
                      "product." + p.name(),
                      "table " + Zone.REFINED.table(tenant, p.name()),
                      declared));
      contract.references().forEach(r -> sharedOrOwn(tenant, r.name(), declared));
    }
  }

  /** A folder inside another would give its files to both. */
  private void claimFolder(String location, DeclaredContract declared) {
    String folder = location.replaceFirst("/*$", "/");
    claim("source", "folder " + folder, declared);
    folders.forEach(
        (other, owner) -> {
          if (!folder.equals(other) && (folder.startsWith(other) || other.startsWith(folder))) {
            faults.add(
                declared
                    .places()
                    .of("source")
                    .fault(
                        "the folder "
                            + folder
                            + " and the folder "
                            + other
                            + ", declared in "
                            + owner.places().contract().file()
                            + ", lie one inside the other; choose another"));
          }
        });
    folders.putIfAbsent(folder, declared);
  }

  private void claim(String part, String what, DeclaredContract declared) {
    DeclaredContract owner = owners.putIfAbsent(what, declared);
    if (owner != null) {
      faults.add(
          declared
              .places()
              .of(part)
              .fault(
                  "the "
                      + what
                      + " is declared already in "
                      + owner.places().contract().file()
                      + "; choose another name"));
    }
  }

  /** Reference data may be declared by several contracts, if they declare the same. */
  private void sharedOrOwn(TenantId tenant, String name, DeclaredContract declared) {
    DeclaredContract owner =
        owners.putIfAbsent("reference " + Zone.REFERENCE.table(tenant, name), declared);
    if (owner != null && !reference(owner, name).equals(reference(declared, name))) {
      faults.add(
          declared
              .places()
              .of("reference." + name)
              .fault(
                  "the reference data "
                      + name
                      + " are declared otherwise in "
                      + owner.places().contract().file()
                      + "; make both the same"));
    }
  }

  private static Optional<?> reference(DeclaredContract declared, String name) {
    return declared.contract().references().stream().filter(r -> r.name().equals(name)).findFirst();
  }
}
