package dev.sluice.catalog.tables;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.EventTime;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.SourceField;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import dev.sluice.catalog.contract.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A contract of one data set with tokens, nested columns, a reference table and a product. */
final class AContract {
  static final TenantId CITY = new TenantId("city");

  private AContract() {}

  static DataContract sightings(StageColumn... more) {
    List<StageColumn> columns = new ArrayList<>();
    columns.add(column("oid", ColumnType.Simple.BIGINT, new PrivacyMethod.Keep()));
    columns.add(column("seen_at", ColumnType.Simple.TIMESTAMP, new PrivacyMethod.Keep()));
    columns.add(column("plate", ColumnType.Simple.STRING, new PrivacyMethod.SivToken("plate")));
    columns.add(column("secret", ColumnType.Simple.STRING, new PrivacyMethod.Drop()));
    columns.add(column("gone", ColumnType.Simple.STRING, new PrivacyMethod.Suppress()));
    columns.add(
        column(
            "boxes",
            new ColumnType.Array(
                new ColumnType.Struct(
                    List.of(
                        new ColumnType.Field("x", new ColumnType.Decimal(9, 3), true),
                        new ColumnType.Field("day", ColumnType.Simple.DATE, false)))),
            new PrivacyMethod.Keep()));
    columns.addAll(List.of(more));
    return new DataContract(
        "street-sightings",
        "1.2.0",
        List.of(CITY),
        new DataContract.Source("${TENANT}.s", DataContract.Format.JSON, 1000, 8, 65536),
        new StageTable(
            "street_sightings",
            columns,
            new EventTime("seen_at", Instant.EPOCH, Duration.ofMinutes(5)),
            Duration.ofDays(7),
            List.of("days(seen_at)", "bucket(4, oid)"),
            List.of("oid", "seen_at desc"),
            List.of(),
            List.of()),
        List.of(places()),
        List.of(perDay()),
        "us",
        "");
  }

  static ReferenceTable places() {
    return new ReferenceTable(
        "places",
        List.of(
            new ReferenceTable.Column("place", ColumnType.Simple.BIGINT, true, Classification.KEY),
            new ReferenceTable.Column(
                "keeper", ColumnType.Simple.STRING, false, Classification.PERSONAL)),
        List.of("place"));
  }

  static Product perDay() {
    return new Product(
        "per_day",
        "SELECT 1",
        Map.of(),
        List.of(),
        "day",
        List.of(
            new Product.ProductColumn(
                "day", ColumnType.Simple.DATE, true, true, Classification.QUASI, "the day"),
            new Product.ProductColumn(
                "seen", ColumnType.Simple.BIGINT, true, false, Classification.OPEN, "how many")),
        List.of(),
        Optional.empty());
  }

  static StageColumn column(String name, ColumnType type, PrivacyMethod privacy) {
    return new StageColumn(
        name,
        type,
        true,
        name.equals("oid") ? 1 : 0,
        privacy.makesToken() ? Classification.PERSONAL : Classification.OPEN,
        privacy,
        new SourceField(
            name,
            type,
            SourceField.TimeFormat.ISO_8601,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of()),
        "what " + name + " is");
  }

  static ColumnType struct(ColumnType.Field... fields) {
    return new ColumnType.Struct(List.of(fields));
  }

  static StageColumn optional(StageColumn c) {
    return new StageColumn(
        c.name(), c.type(), false, 0, c.classification(), c.privacy(), c.source(), c.description());
  }

  static List<StageColumn> with(List<StageColumn> columns, StageColumn more) {
    List<StageColumn> all = new ArrayList<>(columns);
    all.add(more);
    return all;
  }
}
