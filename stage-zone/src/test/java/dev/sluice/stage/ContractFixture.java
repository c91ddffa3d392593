package dev.sluice.stage;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.EventTime;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.RowRule;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.contract.SourceField;
import dev.sluice.catalog.contract.SourceField.TimeFormat;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import dev.sluice.catalog.contract.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A contract of sightings with all kinds of columns, one for each tenant a test makes up. */
public final class ContractFixture {
  private final TenantId tenant;
  private final List<StageColumn> columns = new ArrayList<>();
  private final List<RowRule> rowRules = new ArrayList<>();
  private final List<SetRule> setRules = new ArrayList<>();
  private String version = "1.0.0";
  private Duration duplicatesWithin = Duration.ofDays(1);
  private boolean keyRequired = true;
  private String text = "text";
  private String partitioning = "days(seen_at)";

  private ContractFixture(TenantId tenant) {
    this.tenant = tenant;
  }

  /** Key {@code id}, event time {@code seen_at} (epoch ms), and one column for each method. */
  public static ContractFixture of(String tenant) {
    return new ContractFixture(new TenantId(tenant));
  }

  public ContractFixture with(StageColumn column) {
    columns.add(column);
    return this;
  }

  public ContractFixture with(RowRule rule) {
    rowRules.add(rule);
    return this;
  }

  public ContractFixture with(SetRule rule) {
    setRules.add(rule);
    return this;
  }

  public ContractFixture version(String changed) {
    version = changed;
    return this;
  }

  /** The file as it stands, when another than all others is wanted. */
  public ContractFixture text(String other) {
    text = other;
    return this;
  }

  public ContractFixture optionalKey() {
    keyRequired = false;
    return this;
  }

  public ContractFixture duplicatesWithin(Duration window) {
    duplicatesWithin = window;
    return this;
  }

  public ContractFixture partitionedBy(String transform) {
    partitioning = transform;
    return this;
  }

  public TenantId tenant() {
    return tenant;
  }

  public DataContract build() {
    List<StageColumn> all = new ArrayList<>();
    all.add(
        column(
            "id",
            Simple.BIGINT,
            keyRequired,
            1,
            new PrivacyMethod.Keep(),
            field("id", Simple.BIGINT)));
    all.add(
        column(
            "seen_at",
            Simple.TIMESTAMP,
            true,
            0,
            new PrivacyMethod.Keep(),
            field("seen_at", Simple.TIMESTAMP)));
    all.addAll(columns);
    return new DataContract(
        "sightings",
        version,
        List.of(tenant),
        new DataContract.Source("sightings.${TENANT}", DataContract.Format.JSON, 1000, 8, 4096),
        new StageTable(
            "sightings",
            all,
            new EventTime("seen_at", Instant.parse("2020-01-01T00:00:00Z"), Duration.ofHours(1)),
            duplicatesWithin,
            List.of(partitioning),
            List.of("seen_at"),
            rowRules,
            setRules),
        List.of(),
        List.of(),
        "owners",
        text);
  }

  public static StageColumn optional(String name, ColumnType type) {
    return column(name, type, false, 0, new PrivacyMethod.Keep(), field(name, type));
  }

  public static StageColumn personal(String name, PrivacyMethod method) {
    return column(name, Simple.STRING, false, 0, method, field(name, Simple.STRING));
  }

  public static StageColumn column(
      String name,
      ColumnType type,
      boolean required,
      int key,
      PrivacyMethod method,
      SourceField source) {
    Classification classification =
        method instanceof PrivacyMethod.Keep ? Classification.OPEN : Classification.PERSONAL;
    return new StageColumn(name, type, required, key, classification, method, source, name);
  }

  public static SourceField field(String name, ColumnType type) {
    return field(name, type, TimeFormat.EPOCH_MILLIS);
  }

  public static SourceField field(String name, ColumnType type, TimeFormat format) {
    return new SourceField(
        name,
        type,
        format,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** A text field with conditions; null or 0 for none. */
  public static SourceField text(
      String name, String pattern, int least, int most, String... allowed) {
    return new SourceField(
        name,
        Simple.STRING,
        TimeFormat.ISO_8601,
        Optional.ofNullable(pattern),
        Optional.empty(),
        Optional.empty(),
        least == 0 ? Optional.empty() : Optional.of(least),
        most == 0 ? Optional.empty() : Optional.of(most),
        List.of(allowed));
  }

  /** A field of these values only. */
  public static SourceField oneOf(String name, ColumnType type, String... allowed) {
    return new SourceField(
        name,
        type,
        TimeFormat.ISO_8601,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(allowed));
  }

  public static SourceField bounded(String name, ColumnType type, String low, String high) {
    return new SourceField(
        name,
        type,
        TimeFormat.ISO_8601,
        Optional.empty(),
        Optional.of(new BigDecimal(low)),
        Optional.of(new BigDecimal(high)),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
