package dev.sluice.stage;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.catalog.run.JobOutcome;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a rewrite of the past would do if it were written without one of its guards. */
final class RewriteWithout {
  private RewriteWithout() {}

  static WithoutGuard rowsThatLeftRaw() {
    return WithoutGuard.calling(RewritePeriods.class, "gone", NoneGone.class);
  }

  static WithoutGuard repetitions() {
    return WithoutGuard.calling(InQuestion.class, "repeating", NoRepetitions.class);
  }

  static WithoutGuard lookingElsewhere() {
    return WithoutGuard.calling(InQuestion.class, "among", NowhereElse.class);
  }

  static WithoutGuard whatWasSaid() {
    return WithoutGuard.passing(NewVerdicts.class, "of", 1);
  }

  static WithoutGuard neighbours() {
    return WithoutGuard.advised(RewritePeriods.class, "standing", NoRows.class);
  }

  static WithoutGuard columnsThatSteppedAside() {
    return WithoutGuard.passing(RewrittenRows.class, "withStoodAside", 0);
  }

  static WithoutGuard waitingForPromotions() {
    return WithoutGuard.calling(PromotionUnderWay.class, "in", NeverUnderWay.class);
  }

  static WithoutGuard lookingAgainWhenFinishing() throws NoSuchMethodException {
    return WithoutGuard.within(
        PromoteInterval.class,
        "unfinished",
        FindDuplicates.class,
        "among",
        NoDuplicates.class.getDeclaredMethod(
            "among", FindDuplicates.class, Conformed.class, Head.class));
  }

  static final class NoneGone {
    static Places gone() {
      return Places.none();
    }
  }

  static final class NoRepetitions {
    static Places repeating() {
      return Places.none();
    }
  }

  static final class NowhereElse {
    static Places among() {
      return Places.none();
    }
  }

  static final class NeverUnderWay {
    static Optional<JobOutcome> in() {
      return Optional.empty();
    }
  }

  /** Public, because it is called from the class that it is woven into. */
  public static final class NoDuplicates {
    public static Duplicates among(FindDuplicates find, Conformed conformed, Head stage) {
      return Duplicates.none(conformed.rows().sparkSession());
    }
  }

  /** Woven into the end of the method. */
  static final class NoRows {
    @Advice.OnMethodExit
    static void none(@Advice.Return(readOnly = false) Dataset<Row> rows) {
      rows = rows.limit(0);
    }
  }
}
