package dev.sluice.stage;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.tables.AuditBranches;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bind.annotation.Argument;
import net.bytebuddy.implementation.bind.annotation.FieldValue;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.classic.ExpressionUtils;

/** What promotion would do if it were written without one of its guards. */
final class PromotionWithout {
  private PromotionWithout() {}

  static WithoutGuard rowRules() {
    return WithoutGuard.passing(ConformRows.class, "judged", 0);
  }

  static WithoutGuard triedRules() {
    return WithoutGuard.calling(TryColumn.class, "of", Failing.class);
  }

  static WithoutGuard lookingForLostValues() {
    return WithoutGuard.answering(ConformRows.class, "mayBeLost", false);
  }

  static WithoutGuard tokens() {
    return WithoutGuard.passing(PrivacyColumns.class, "method", 1);
  }

  static WithoutGuard seals() {
    return WithoutGuard.passing(PrivacyColumns.class, "sealed", 0);
  }

  static WithoutGuard droppedColumns() {
    return WithoutGuard.answering(
        dev.sluice.catalog.contract.StageColumn.class, "reachesStage", true);
  }

  static WithoutGuard careForNullKeys() {
    return WithoutGuard.calling(ConformRows.class, "keyHash", AnyKey.class);
  }

  static WithoutGuard comparingContent() {
    return WithoutGuard.calling(CompareContent.class, "judged", AllTheSame.class);
  }

  static WithoutGuard comparingWholeKeys() {
    return WithoutGuard.calling(FindDuplicates.class, "keyText", NoText.class);
  }

  /** No guard: makes all keys collide, as two may by chance. */
  static WithoutGuard distinctHashes() {
    return WithoutGuard.calling(ConformRows.class, "keyHash", OneHash.class);
  }

  static WithoutGuard lookingIntoStage() {
    return WithoutGuard.calling(EventDays.class, "around", Nowhere.class);
  }

  static WithoutGuard balance() {
    return WithoutGuard.answering(dev.sluice.catalog.run.StepFigures.class, "balances", true);
  }

  /** No guard: a defect that loses rows on their way to stage. */
  static WithoutGuard allGoodRows() {
    return WithoutGuard.advised(StageRows.class, "of", LosesRows.class);
  }

  static WithoutGuard setRules() {
    return WithoutGuard.calling(AuditSet.class, "measure", NoRules.class);
  }

  static WithoutGuard quarantineFirst() {
    return WithoutGuard.calling(AuditedPair.class, "publish", StageFirst.class);
  }

  static WithoutGuard stampedVersion() {
    return WithoutGuard.calling(LastStamp.class, "of", NoStamp.class);
  }

  static WithoutGuard comparingTexts() {
    return WithoutGuard.answering(BegunUnder.class, "is", true);
  }

  static WithoutGuard checkingKeys() {
    return WithoutGuard.calling(PrepareTables.class, "keysUnfit", Fit.class);
  }

  static final class Failing {
    static Column of(SparkSession spark, String sql) {
      return expr(sql);
    }

    static Column of(Column column) {
      return ExpressionUtils.column(ExpressionUtils.expression(column));
    }
  }

  static final class AnyKey {
    static Column keyHash(DataContract contract) {
      return xxhash64(ConformRows.key(contract));
    }
  }

  static final class OneHash {
    static Column keyHash() {
      return lit(7L);
    }
  }

  static final class AllTheSame {
    static Dataset<Row> judged(Dataset<Row> compared) {
      return compared
          .withColumn("reason", lit(Duplicates.SAME_EVENT))
          .drop("content", "kept_content");
    }
  }

  static final class NoText {
    static Column keyText() {
      return lit("");
    }
  }

  static final class Nowhere {
    static List<EventDays.Stretch> around(Collection<Long> days, Duration window) {
      return List.of();
    }
  }

  /** Woven into the end of the method. */
  static final class LosesRows {
    @Advice.OnMethodExit
    static void lose(@Advice.Return(readOnly = false) Dataset<Row> rows) {
      rows = rows.limit(1);
    }
  }

  static final class NoRules {
    static List<RuleResult> measure() {
      return List.of();
    }
  }

  static final class StageFirst {
    static void publish(
        @FieldValue("promoting") Promoting promoting, @Argument(0) boolean quarantineToo) {
      publish(promoting, promoting.stage());
      publish(promoting, promoting.quarantine());
    }

    static void publish(@FieldValue("promoting") Promoting promoting, @Argument(0) String table) {
      AuditBranches.publish(promoting.lake().table(table), promoting.branch());
    }
  }

  static final class NoStamp {
    static Optional<Stamp> of() {
      return Optional.empty();
    }
  }

  static final class Fit {
    static Optional<String> keysUnfit() {
      return Optional.empty();
    }
  }
}
