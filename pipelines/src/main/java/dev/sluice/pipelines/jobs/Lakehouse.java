package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.registry.Database;
import dev.sluice.pipelines.registry.MigrateRegistry;
import dev.sluice.pipelines.registry.TableUses;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.session.SparkSessions;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Everything a command needs of one lakehouse. Contracts are read and Postgres is reached when this
 * is opened, before anything heavy; Spark starts with the first use of {@link #lake()}.
 */
public final class Lakehouse implements AutoCloseable {
  private final Home home;
  private final SluiceConfig config;
  private final Progress progress;
  private final List<DataContract> contracts;
  private final Database database;
  private Optional<SparkSession> spark = Optional.empty();

  private Lakehouse(
      Home home,
      SluiceConfig config,
      Progress progress,
      List<DataContract> contracts,
      Database database) {
    this.home = home;
    this.config = config;
    this.progress = progress;
    this.contracts = List.copyOf(contracts);
    this.database = database;
  }

  /**
   * Reads the contracts, reaches Postgres and brings the registry up to date.
   *
   * @throws dev.sluice.catalog.contract.read.ContractFaults with all faults of all contracts
   * @throws dev.sluice.pipelines.registry.ServiceMissing when Postgres does not answer
   */
  public static Lakehouse open(Home home, SluiceConfig config, Progress progress) {
    List<DataContract> contracts = ContractFolder.read(config.contracts());
    Database database = new Database(config.postgres());
    new MigrateRegistry(database).run();
    return new Lakehouse(home, config, progress, contracts, database);
  }

  public Home home() {
    return home;
  }

  public SluiceConfig config() {
    return config;
  }

  public Progress progress() {
    return progress;
  }

  public List<DataContract> contracts() {
    return contracts;
  }

  public Database database() {
    return database;
  }

  /** Where uses of refined tables are noted. */
  public TableUses uses() {
    return new TableUses(database);
  }

  /** The lake; the first call starts Spark. */
  public synchronized Lake lake() {
    if (spark.isEmpty()) {
      progress.say("starting Spark (" + config.spark().master() + ")");
      spark = Optional.of(new SparkSessions(home, config).start());
    }
    return new Lake(spark.get());
  }

  @Override
  public synchronized void close() {
    spark.ifPresent(SparkSession::stop);
    spark = Optional.empty();
  }
}
