package dev.sluice.refined;

import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.catalog.tables.GuardedCatalog;
import dev.sluice.catalog.tables.Heads;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.Column;

/** What expiry, dropping and rebuilding would do if they were written without a guard. */
final class LifecycleWithout {
  private LifecycleWithout() {}

  static WithoutGuard settling() {
    return WithoutGuard.answering(SettlePartitions.class, "settle", 0L);
  }

  static WithoutGuard readersObjections() {
    return WithoutGuard.calling(SettlePartitions.class, "objection", NoObjection.class);
  }

  static WithoutGuard closingSettledPartitions() {
    return WithoutGuard.passing(Settled.class, "open", 0);
  }

  static WithoutGuard closingSettledRows() {
    return WithoutGuard.calling(Settled.class, "isOpen", AllOpen.class);
  }

  static WithoutGuard comparingTheChecksum() {
    return WithoutGuard.answering(RebuildProduct.class, "isAsItWas", true);
  }

  static WithoutGuard droppingOnlyWhatTheRecipeKnows() {
    return WithoutGuard.advised(GuardedCatalog.class, "dropGoverned", AsItStands.class);
  }

  static final class NoObjection {
    static Optional<String> objection() {
      return Optional.empty();
    }
  }

  static final class AllOpen {
    static Column open() {
      return lit(true);
    }
  }

  /** Woven into the begin of the method: whatever stands is what was decided on. */
  static final class AsItStands {
    @Advice.OnMethodEnter
    static void asItStands(
        @Advice.This GuardedCatalog catalog,
        @Advice.Argument(0) TableIdentifier table,
        @Advice.Argument(value = 1, readOnly = false) Head asOf) {
      asOf = Heads.of(catalog.loadTable(table));
    }
  }
}
