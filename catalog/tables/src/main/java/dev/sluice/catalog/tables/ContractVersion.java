package dev.sluice.catalog.tables;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A contract's version, three numbers (Semantic Versioning 2.0.0 without labels). */
record ContractVersion(int major, int minor, int patch) implements Comparable<ContractVersion> {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
  private static final Comparator<ContractVersion> ORDER =
      Comparator.comparingInt(ContractVersion::major)
          .thenComparingInt(ContractVersion::minor)
          .thenComparingInt(ContractVersion::patch);

  /** Empty when the text is missing or is no version. */
  static Optional<ContractVersion> of(Map<String, String> properties) {
    String text = properties.getOrDefault(GovernedTables.CONTRACT_VERSION, "");
    Matcher found = TEXT.matcher(text);
    return found.matches()
        ? Optional.of(
            new ContractVersion(
                Integer.parseInt(found.group(1)),
                Integer.parseInt(found.group(2)),
                Integer.parseInt(found.group(3))))
        : Optional.empty();
  }

  @Override
  public int compareTo(ContractVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
