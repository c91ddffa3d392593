package dev.sluice.pipelines.status;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Position;
import dev.sluice.pipelines.jobs.DroppedProducts;
import dev.sluice.refined.export.ExportedHead;
import dev.sluice.refined.export.ReadExportedHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The lag of every lane in every zone: a subtraction a lane, from Kafka to BigQuery. */
public final class MeasureLag {
  private final ReadTables tables;
  private final KafkaEnds kafka;
  private final DropLag drops;
  private final ReadExportedHead exported;
  private final DroppedProducts dropped;

  public MeasureLag(
      ReadTables tables,
      KafkaEnds kafka,
      DropLag drops,
      ReadExportedHead exported,
      DroppedProducts dropped) {
    this.dropped = dropped;
    this.tables = tables;
    this.kafka = kafka;
    this.drops = drops;
    this.exported = exported;
  }

  /** Lags of a data set for a tenant, in the order in which data moves; none of what is dropped. */
  public List<LaneLag> of(DataContract contract, TenantId tenant) {
    List<LaneLag> lags = new ArrayList<>();
    String raw = contract.rawTable(tenant);
    Position taken = head(raw).lanes();
    if (contract.source().hasTopic()) {
      for (Map.Entry<Lane, Long> end : kafka.of(contract.source().topic(tenant)).entrySet()) {
        lags.add(
            new LaneLag("raw", raw, end.getKey().name(), taken.at(end.getKey()), end.getValue()));
      }
    }
    drops.of(contract, tenant, taken).ifPresent(lags::add);
    lags.add(between("quarantine", contract.quarantineTable(tenant), raw));
    lags.add(between("stage", contract.stageTable(tenant), raw));
    dropped
        .without(contract, tenant)
        .products()
        .forEach(product -> lags.addAll(of(contract, tenant, product)));
    return lags;
  }

  private List<LaneLag> of(DataContract contract, TenantId tenant, Product product) {
    List<LaneLag> lags = new ArrayList<>();
    String table = Zone.REFINED.table(tenant, product.name());
    Set<String> inputs = new TreeSet<>(); // those declared, and those of an earlier version
    head(table).lanes().next().keySet().forEach(lane -> inputs.add(lane.name()));
    product.inputs().forEach(i -> contract.inputTable(tenant, i).ifPresent(inputs::add));
    inputs.forEach(input -> lags.add(between("refined", table, input)));
    if (product.export().isPresent()) {
      Lane lane = Lane.ofTable(table);
      ExportedHead sent = exported.of(tenant, product).orElse(ExportedHead.NONE);
      lags.add(
          new LaneLag(
              "exported",
              table,
              lane.name(),
              sent.position().at(lane),
              head(table).edition() + 1,
              sent.unsentInWords()));
    }
    return lags;
  }

  private LaneLag between(String zone, String table, String input) {
    long edition = head(input).edition(); // nothing to take of a table that has published nothing
    return new LaneLag(
        zone,
        table,
        input,
        head(table).lanes().at(Lane.ofTable(input)),
        edition == 0 ? 0 : edition + 1);
  }

  private Head head(String table) {
    return tables.state(table).map(TableState::head).orElse(Head.NONE);
  }
}
