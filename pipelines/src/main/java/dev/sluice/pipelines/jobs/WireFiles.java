package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.DropFolder;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.publishing.LocalLocation;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.registry.DroppedFiles;
import dev.sluice.pipelines.registry.RawTurns;
import dev.sluice.raw.files.LandFilesInRaw;
import java.time.Clock;
import java.time.Duration;

/** Wires the landing of files: where they lie, and where what was seen of them is kept. */
public final class WireFiles {
  private final Lakehouse lakehouse;
  private final RunContext run;

  public WireFiles(Lakehouse lakehouse, RunContext run) {
    this.lakehouse = lakehouse;
    this.run = run;
  }

  public LandFilesInRaw landing(DataContract contract, TenantId tenant) {
    return new LandFilesInRaw(
        lakehouse.lake(),
        location(lakehouse.home(), lakehouse.config(), contract, tenant),
        contract,
        tenant,
        new DroppedFiles(lakehouse.database()),
        run,
        Clock.systemUTC(),
        WireFiles::pause,
        RawTurns.of(lakehouse.database(), contract));
  }

  /** Where the files of a contract with a folder lie for a tenant. */
  public static String location(
      Home home, SluiceConfig config, DataContract contract, TenantId tenant) {
    DropFolder folder =
        contract
            .source()
            .folder()
            .orElseThrow(
                () -> new IllegalArgumentException("Contract " + contract + " names no folder"));
    String drop = config.drop().orElse(LocalLocation.of(home.drop()));
    return folder.location(tenant, drop.replaceFirst("/+$", ""));
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(Math.max(0, time.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while files settled", e);
    }
  }
}
