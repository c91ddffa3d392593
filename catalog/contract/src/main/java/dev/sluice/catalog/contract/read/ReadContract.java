package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Evolution;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.ServiceLevels;
import dev.sluice.catalog.contract.StageTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.UpkeepOfTables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one contract; what is wrong goes to the draft's faults. */
final class ReadContract {
  private static final Pattern TENANT = Pattern.compile("[a-z][a-z0-9]{0,30}");
  private static final Pattern VERSION =
      Pattern.compile("(0|[1-9][0-9]{0,5})(\\.(0|[1-9][0-9]{0,5})){2}");

  /** Stand-ins: no contract with a fault is ever used. */
  private static final String UNNAMED = "unnamed";

  /** Levels of messages while the source is unknown: no path is to be a fault for that. */
  private static final int DEPTH_UNKNOWN = 100;

  private static final String LATEST = "999999.0.0";

  private ReadContract() {}

  /**
   * The contract; empty when there is no stage table. What else cannot be read is a fault and has a
   * stand-in, so that everything that is wrong with the rest is found in the same run.
   */
  static Optional<DeclaredContract> of(Section root, String text, Draft draft) {
    mustBe(root, "apiVersion", "v3.2.0");
    mustBe(root, "kind", "DataContract");
    Optional<String> id = Names.dashed(root, "id");
    Section contract = id.map(i -> root.named("contract " + i)).orElse(root);
    Optional<String> version = version(contract);
    draft.place("id", root.line("id"));
    draft.place("source", root.line("servers"));
    contract.must("status", contract.value("status"));
    contract.known(
        "name",
        "domain",
        "dataProduct",
        "description",
        "tags",
        "support",
        "roles",
        "price",
        "slaDefaultElement",
        "authoritativeDefinitions",
        "contractCreatedTs",
        "context",
        "status");
    String owner = owner(contract);
    Section custom = contract.custom();
    List<TenantId> tenants = tenants(custom);
    Evolution evolution = new ReadEvolution(draft).of(custom);
    Optional<DataContract.Source> source = ReadServers.of(contract);
    Optional<StageTable> stage = Optional.empty();
    List<ReferenceTable> references = new ArrayList<>();
    List<Product> products = new ArrayList<>();
    contract.must("schema", contract.value("schema"));
    boolean stageSeen = false;
    for (Section object : contract.sections("schema")) {
      switch (zone(object)) {
        case "zone:stage" -> {
          if (stageSeen) {
            object.fault("tags", "a contract has one object tagged zone:stage; this is another");
          }
          stageSeen = true;
          stage = ReadStage.of(object, draft);
        }
        case "zone:reference" -> ReadReference.of(object, draft).ifPresent(references::add);
        case "zone:refined" -> new ReadProduct(draft).read(object).ifPresent(products::add);
        default ->
            object.fault(
                "tags", "an object has one tag of zone:stage, zone:reference and zone:refined");
      }
    }
    if (!stageSeen) {
      contract.fault("schema", "the object tagged zone:stage is missing");
    }
    ServiceLevels levels = ReadServiceLevels.of(contract, stage, products);
    UpkeepOfTables upkeep = ReadUpkeep.of(custom, tables(stage, references, products));
    custom.done();
    contract.done();
    return stage.map(
        table ->
            draft.declared(
                new DataContract(
                    id.orElse(UNNAMED),
                    version.orElse(LATEST),
                    tenants,
                    source.orElseGet(() -> unknown(id.orElse(UNNAMED))),
                    table,
                    references,
                    products,
                    owner,
                    upkeep,
                    levels,
                    text,
                    evolution)));
  }

  private static DataContract.Source unknown(String id) {
    return new DataContract.Source(
        "${TENANT}." + id, DataContract.Format.JSON, 1, DEPTH_UNKNOWN, 1);
  }

  private static List<String> tables(
      Optional<StageTable> stage, List<ReferenceTable> references, List<Product> products) {
    List<String> names = new ArrayList<>(List.of("raw", "quarantine"));
    stage.ifPresent(s -> names.add(s.name()));
    references.forEach(r -> names.add(r.name()));
    products.forEach(p -> names.add(p.name()));
    return names;
  }

  private static void mustBe(Section root, String key, String wanted) {
    root.must(key, root.value(key));
    TableHeading.only(root, key, wanted);
  }

  private static Optional<String> version(Section contract) {
    return contract
        .must("version", contract.text("version"))
        .filter(
            v -> {
              if (VERSION.matcher(v).matches()) {
                return true;
              }
              contract.fault("version", "a version has three numbers, 1.0.0; got '" + v + "'");
              return false;
            });
  }

  private static String owner(Section contract) {
    Optional<Section> team = contract.must("team", contract.section("team"));
    Optional<String> name = team.flatMap(t -> t.must("name", t.text("name")));
    team.ifPresent(
        t -> {
          t.known("id", "description", "members", "tags", "authoritativeDefinitions");
          t.done();
        });
    return name.orElse("");
  }

  private static List<TenantId> tenants(Section custom) {
    Set<TenantId> tenants = new LinkedHashSet<>();
    custom.must("tenants", custom.value("tenants"));
    for (String name : custom.texts("tenants")) {
      if (!TENANT.matcher(name).matches()) {
        custom.fault(
            "tenants",
            "a tenant's name has lower case letters and digits only (at most 31); got '"
                + name
                + "'");
      } else if (!tenants.add(new TenantId(name))) {
        custom.fault("tenants", "the tenant " + name + " stands there twice; delete one");
      }
    }
    if (tenants.isEmpty() && custom.has("tenants")) {
      custom.fault("tenants", "a contract serves at least one tenant");
    }
    return List.copyOf(tenants);
  }

  private static String zone(Section object) {
    List<String> zones = object.texts("tags").stream().filter(t -> t.startsWith("zone:")).toList();
    return zones.size() == 1 ? zones.get(0) : "";
  }
}
