package dev.sluice.pipelines.status;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.DropSequence;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Position;
import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.WireFiles;
import dev.sluice.pipelines.session.StorageSettings;
import dev.sluice.raw.files.CountFiles;
import dev.sluice.raw.files.FileIndex;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** How many files of a folder raw has taken, and how many are there that it has not seen. */
public final class DropLag {
  private static final String SPARK_PREFIX = "spark.hadoop.";

  private final Home home;
  private final SluiceConfig config;
  private final FileIndex index;

  public DropLag(Home home, SluiceConfig config, FileIndex index) {
    this.home = home;
    this.config = config;
    this.index = index;
  }

  /**
   * The lane of the contract's folder, counted in files; empty for a contract without one.
   *
   * @param taken raw's head
   */
  Optional<LaneLag> of(DataContract contract, TenantId tenant, Position taken) {
    if (contract.source().folder().isEmpty()) {
      return Optional.empty();
    }
    String raw = contract.rawTable(tenant);
    Lane lane = Lane.ofDrop(contract.id());
    long head = DropSequence.file(taken.at(lane));
    long unseen =
        CountFiles.unseen(WireFiles.location(home, config, contract, tenant), hadoop(), index, raw);
    return Optional.of(new LaneLag("raw", raw, lane.name(), head, head + unseen));
  }

  private Configuration hadoop() {
    Configuration hadoop = new Configuration();
    StorageSettings.of(config).forEach(hadoop::set);
    config
        .spark()
        .settings()
        .forEach(
            (key, value) -> {
              if (key.startsWith(SPARK_PREFIX)) {
                hadoop.set(key.substring(SPARK_PREFIX.length()), value);
              }
            });
    return hadoop;
  }
}
