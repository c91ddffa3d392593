package dev.sluice.refined.export;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.refined.anonymity.AllowColumns;
import dev.sluice.refined.anonymity.ScanExportedText;
import dev.sluice.refined.anonymity.SuppressedShares;
import dev.sluice.refined.export.EgressBudget.Reservation.Granted;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bind.annotation.Argument;
import net.bytebuddy.implementation.bind.annotation.FieldValue;

/** What an export would do if it were written without one of its guards. */
final class ExportWithout {
  private ExportWithout() {}

  static WithoutGuard classesOfColumns() {
    return WithoutGuard.calling(AllowColumns.class, "faults", NoFaults.class);
  }

  static WithoutGuard fieldIds() {
    return WithoutGuard.skipping(AllowedColumns.class, "mustBe");
  }

  static WithoutGuard followingTokens() {
    return WithoutGuard.calling(MayLeave.class, "bySql", NoFaults.class);
  }

  static WithoutGuard k() {
    return WithoutGuard.answering(ExportPolicy.class, "k", 0);
  }

  static WithoutGuard l() {
    return WithoutGuard.answering(ExportPolicy.class, "l", 0);
  }

  static WithoutGuard limitOfSuppression() {
    return WithoutGuard.calling(SuppressedShares.class, "over", NoPartitions.class);
  }

  static WithoutGuard textScan() {
    return WithoutGuard.answering(ScanExportedText.class, "isHit", false);
  }

  static WithoutGuard lookingAtTheFile() {
    return WithoutGuard.skipping(EncodeParquet.class, "check");
  }

  /** No guard: Spark writes another file than it was asked for. */
  static WithoutGuard fileAsAsked(Path other) {
    OtherFile.path = other;
    return WithoutGuard.calling(EncodeParquet.class, "onlyFile", OtherFile.class);
  }

  /** No guard: BigQuery drops no column of a table with row access policies. */
  static WithoutGuard droppingColumns() {
    return WithoutGuard.answering(FitTarget.class, "dropped", false);
  }

  static WithoutGuard budget() {
    return WithoutGuard.calling(LoadStaging.class, "room", AnyRoom.class);
  }

  static WithoutGuard verifyingStaging() {
    return WithoutGuard.within(
        SendExport.class, "loaded", Checksum.class, "equals", method("alwaysEqual"));
  }

  static WithoutGuard verifyingTarget() {
    return WithoutGuard.skipping(SendExport.class, "verifyTarget");
  }

  static WithoutGuard comparingTheHead() {
    return WithoutGuard.advised(SwapPartitions.class, "script", NoAssertion.class);
  }

  /** No guard: a winner that died before it cleaned up. */
  static WithoutGuard cleaningUp() {
    return WithoutGuard.skipping(SendExport.class, "dropStaging");
  }

  static WithoutGuard steadyJobIds() {
    return WithoutGuard.calling(LedgerEntry.class, "jobId", NewIds.class);
  }

  static WithoutGuard windowsHeldOpen() {
    return WithoutGuard.answering(PlanExport.class, "isOpen", false);
  }

  private static Method method(String name) {
    return Arrays.stream(Replaced.class.getMethods())
        .filter(each -> each.getName().equals(name))
        .findAny()
        .orElseThrow();
  }

  /** Called in place of what stands within a method. */
  public static final class Replaced {
    public static boolean alwaysEqual(Object one, Object other) {
      return true;
    }
  }

  public static final class NoFaults {
    public static List<String> faults() {
      return List.of();
    }
  }

  public static final class NoPartitions {
    public static Set<String> over() {
      return Set.of();
    }
  }

  static final class OtherFile {
    private static Path path = Path.of("");

    static Path onlyFile() {
      return path;
    }
  }

  static final class AnyRoom {
    static Granted room(
        @FieldValue("table") ExportTable table,
        @FieldValue("day") java.time.LocalDate day,
        @FieldValue("budget") EgressBudget budget,
        @Argument(0) long bytes) {
      return (Granted) budget.reserve(table.name(), day, bytes, Long.MAX_VALUE);
    }
  }

  static final class NewIds {
    static String jobId() {
      return "exp_" + UUID.randomUUID();
    }
  }

  /** Woven into the end of the method. */
  static final class NoAssertion {
    @Advice.OnMethodExit
    static void drop(@Advice.Return(readOnly = false) String script) {
      script =
          script
              .replaceAll("ASSERT [^;]* AS 'stale base';", "")
              .replace(" AND head_position = @base AND export_no = @no", "");
    }
  }
}
