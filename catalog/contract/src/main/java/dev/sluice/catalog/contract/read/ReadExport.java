package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the custom property {@code export} of a product. */
final class ReadExport {
  private ReadExport() {}

  static ExportPolicy of(Section export) {
    ExportPolicy policy =
        new ExportPolicy(
            listed(export, "columns"),
            listed(export, "quasiIdentifiers"),
            counted(export),
            export.must("k", export.whole("k", 2, 1_000_000)).orElse(2),
            export.texts("sensitive"),
            export.whole("l", 1, 1_000_000).orElse(1),
            share(export),
            export.must("maxBytesPerDay", Sizes.bytes(export, "maxBytesPerDay")).orElse(0L),
            Times.duration(export, "holdOpen").orElse(Duration.ZERO),
            totals(export),
            export.truth("holdDifferences").orElse(false));
    if (policy.sensitive().isEmpty() != (policy.l() == 1)) {
      export.fault("l", "l from 2 and a list of sensitive columns belong together");
    }
    export.done();
    return policy;
  }

  private static List<String> listed(Section export, String key) {
    export.must(key, export.value(key));
    return export.texts(key);
  }

  private static List<List<String>> totals(Section export) {
    return export.sections("totals").stream()
        .map(
            total -> {
              List<String> by = listed(total, "by");
              total.done();
              return by;
            })
        .toList();
  }

  private static Counted counted(Section export) {
    Optional<String> subject = export.text("subject");
    Optional<String> contributors = export.text("contributors");
    if (subject.isPresent() == contributors.isPresent()) {
      export.fault(
          "subject",
          "exactly one is needed of subject (a column whose distinct values are counted) and"
              + " contributors (a column that holds the count)");
    }
    return subject
        .<Counted>map(Counted.Subjects::new)
        .orElseGet(() -> new Counted.Contributors(contributors.orElse("")));
  }

  private static double share(Section export) {
    BigDecimal share =
        export.must("maxSuppressed", export.number("maxSuppressed")).orElse(BigDecimal.ZERO);
    if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
      export.fault("maxSuppressed", "maxSuppressed is a share from 0 to 1; got " + share);
    }
    return share.doubleValue();
  }
}
