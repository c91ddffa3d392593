package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Stamp;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/**
 * Table operations with the guard before the swap. The decision is made on the base that the swap
 * compares, so a commit that loses the race is decided anew on the newer base.
 */
final class GuardedOps implements TableOperations {
  private final String table;
  private final TableOperations stock;
  private final DecideCommit decide;
  private final List<CommitObserver> observers;

  GuardedOps(
      String table, TableOperations stock, DecideCommit decide, List<CommitObserver> observers) {
    this.table = table;
    this.stock = stock;
    this.decide = decide;
    this.observers = List.copyOf(observers);
  }

  @Override
  public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
    if (base == metadata) {
      stock.commit(base, metadata);
      return;
    }
    swap(base, decide.on(table, base, metadata));
  }

  /** Makes an older snapshot current on purpose; see {@link Rewind}. */
  Head rewind(long snapshotId) {
    TableMetadata base = refresh();
    if (base == null) {
      throw new NoSuchTableException("There is no table %s to rewind", table);
    }
    TableMetadata rewound = Rewind.to(table, base, snapshotId);
    swap(base, new DecideCommit.Agreed(rewound, true, Optional.empty()));
    return Heads.of(rewound.properties());
  }

  /** Publishes a new table as the successor of a dropped one; see {@link Restore}. */
  Head restore(String branch, Head before) {
    TableMetadata base = refresh();
    if (base == null) {
      throw new NoSuchTableException("There is no table %s to restore", table);
    }
    TableMetadata restored = Restore.of(table, base, branch, before);
    Optional<Stamp> newest =
        new StampReader(table, restored::snapshot).of(restored.currentSnapshot());
    swap(base, new DecideCommit.Agreed(restored, true, newest));
    return Heads.of(restored.properties());
  }

  /** Puts metadata that was written elsewhere under this table's name, unchecked. */
  void register(TableMetadata metadata) {
    swap(null, new DecideCommit.Agreed(metadata, true, Optional.empty()));
  }

  /** {@code base} goes on as the same object: Iceberg compares it by identity. */
  private void swap(@Nullable TableMetadata base, DecideCommit.Agreed agreed) {
    List<CommitObserver> told = agreed.movesMain() ? observers : List.of();
    told.forEach(observer -> observer.beforeSwap(table, agreed.stamp()));
    try {
      stock.commit(base, agreed.metadata());
    } catch (RuntimeException e) {
      if (!LookUpSwap.isUndecided(e)) {
        throw e;
      }
      if (!leftATrace(base, agreed.metadata(), e)) {
        throw new OutcomeUnknown(table, e);
      }
    }
    told.forEach(observer -> observer.afterSwap(table, agreed.stamp()));
  }

  /** The pointer alone does not tell; the table may. */
  private boolean leftATrace(
      @Nullable TableMetadata base, TableMetadata proposed, RuntimeException undecided) {
    try {
      TableMetadata now = stock.refresh();
      return now != null && TraceOfCommit.isIn(now, base, proposed);
    } catch (RuntimeException e) {
      undecided.addSuppressed(e);
      return false;
    }
  }

  @Override
  public TableMetadata current() {
    return stock.current();
  }

  @Override
  public TableMetadata refresh() {
    return stock.refresh();
  }

  @Override
  public FileIO io() {
    return stock.io();
  }

  @Override
  public EncryptionManager encryption() {
    return stock.encryption();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return stock.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return stock.locationProvider();
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return stock.temp(uncommitted);
  }

  @Override
  public long newSnapshotId() {
    return stock.newSnapshotId();
  }

  @Override
  public boolean requireStrictCleanup() {
    return stock.requireStrictCleanup();
  }
}
