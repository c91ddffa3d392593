package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.refined.SettlePartitions;
import dev.sluice.refined.export.ExportedHead;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why rows or products of a tenant must not go yet, although their time is over.
 *
 * @param exported what BigQuery has got of a product
 */
record StillNeeded(Lake lake, DataContract contract, TenantId tenant, Exported exported) {

  /** Looks up what BigQuery has got of a product; empty when nothing. */
  interface Exported {
    Optional<ExportedHead> of(Product product);
  }

  /** The reason stays in the contract: it may name people, and messages go to logs and reports. */
  Optional<String> held() {
    return contract
        .levels()
        .legalHold()
        .map(why -> "a legal hold keeps all of " + contract.id() + "; its contract says why");
  }

  /** Raw rows and stage rows stay while a promotion is unfinished or has not begun. */
  Optional<String> notPromoted() {
    String raw = contract.rawTable(tenant);
    String stage = contract.stageTable(tenant);
    String aside = contract.quarantineTable(tenant);
    if (!lake.exists(stage) || !lake.exists(aside)) {
      return Optional.of(raw + " has not been promoted yet");
    }
    long end = lake.head(raw).edition() + 1;
    Lane lane = Lane.ofTable(raw);
    boolean taken =
        lake.head(stage).lanes().at(lane) >= end && lake.head(aside).lanes().at(lane) >= end;
    return taken
        ? Optional.empty()
        : Optional.of(stage + " has not taken all of " + raw + "; promote first");
  }

  /** Stage rows stay until all who read them have taken them. */
  Optional<String> notTaken(List<SettlePartitions> readers) {
    String stage = contract.stageTable(tenant);
    return readers.stream().flatMap(reader -> reader.objection(stage).stream()).findFirst();
  }

  /** A product stays until an export has sent all of it. */
  Optional<String> notExported(Product product) {
    if (product.export().isEmpty()) {
      return Optional.empty();
    }
    String table = Zone.REFINED.table(tenant, product.name());
    Optional<ExportedHead> head = exported.of(product);
    boolean all =
        head.isPresent()
            && head.get().pending().isEmpty()
            && head.get().position().at(Lane.ofTable(table)) > lake.head(table).edition();
    return all
        ? Optional.empty()
        : Optional.of("BigQuery has not got all of " + table + " yet; export first");
  }

  /** Partitions of a product that stay until an export has sent them. */
  Set<String> pending(Product product) {
    return product.export().isEmpty()
        ? Set.of()
        : exported
            .of(product)
            .map(ExportedHead::pending)
            .<Set<String>>map(pending -> pending)
            .orElse(Set.of());
  }
}
