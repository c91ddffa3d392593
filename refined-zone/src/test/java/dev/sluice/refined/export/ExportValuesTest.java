package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.refined.export.fixture.AProduct;
import dev.sluice.refined.export.fixture.Exporting;
import dev.sluice.refined.export.fixture.RefinedTable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values at the edges of their types arrive as they are; the export's own checksums say so too. */
class ExportValuesTest {
  private static final ColumnType TAGS = new ColumnType.Array(Simple.STRING);
  private static final ColumnType PART =
      new ColumnType.Struct(
          List.of(
              new ColumnType.Field("a", Simple.STRING, false),
              new ColumnType.Field("b", new ColumnType.Array(Simple.BIGINT), false)));

  @TempDir Path scratch;

  @Test
  void textKeepsUnicodeAndTellsEmptyFromMissing() {
    Exporting export =
        exported(
            Simple.STRING,
            "''",
            "NULL",
            "'\u00e4'",
            "'a\u0308'",
            "'\ud83d\ude97 \u4e2d'",
            "'a|b\"\\\\n'");

    assertThat(export.rows("TO_HEX(SHA256(v)), BYTE_LENGTH(v)")).hasSize(6);
    assertThat(export.rows("v"))
        .containsExactlyInAnyOrder("", "-", "\u00e4", "a\u0308", "\ud83d\ude97 \u4e2d", "a|b\"\\n");
  }

  @Test
  void timesKeepMicrosecondsAlsoBefore1970() {
    Exporting export =
        exported(
            Simple.TIMESTAMP,
            "TIMESTAMP'1969-12-31 23:59:59.999999Z'",
            "TIMESTAMP'2024-02-29 00:00:00.000001Z'",
            "TIMESTAMP'0001-01-01 00:00:00Z'",
            "TIMESTAMP'9999-12-31 23:59:59.999999Z'",
            "NULL");

    assertThat(export.rows("UNIX_MICROS(v)"))
        .containsExactlyInAnyOrder(
            "-1", "1709164800000001", "-62135596800000000", "253402300799999999", "-");
  }

  @Test
  void timesWithoutZoneAndDatesArrive() {
    assertThat(
            exported(
                    Simple.TIMESTAMP_NTZ,
                    "TIMESTAMP_NTZ'2024-03-31 02:30:00.123456'",
                    "TIMESTAMP_NTZ'1900-01-01 00:00:00'")
                .rows("UNIX_MICROS(TIMESTAMP(v))"))
        .containsExactlyInAnyOrder("1711852200123456", "-2208988800000000");
    assertThat(
            exported(Simple.DATE, "DATE'1600-02-29'", "DATE'0001-01-01'", "DATE'9999-12-31'")
                .rows("v"))
        .containsExactly("0001-01-01", "1600-02-29", "9999-12-31");
  }

  @Test
  void numbersKeepEveryDigit() {
    assertThat(
            exported(Simple.BIGINT, "9223372036854775807", "-9223372036854775807 - 1", "0", "NULL")
                .rows("v"))
        .containsExactlyInAnyOrder("9223372036854775807", "-9223372036854775808", "0", "-");
    assertThat(
            exported(
                    new ColumnType.Decimal(38, 9),
                    "CAST('99999999999999999999999999999.999999999' AS DECIMAL(38,9))",
                    "CAST('-0.000000001' AS DECIMAL(38,9))",
                    "CAST('1.500' AS DECIMAL(38,9))",
                    "CAST('100' AS DECIMAL(38,9))",
                    "CAST(0 AS DECIMAL(38,9))")
                .rows("v"))
        .hasSize(5);
    assertThat(
            exported(
                    new ColumnType.Decimal(38, 18),
                    "CAST('12345678901234567890.123456789012345678' AS DECIMAL(38,18))",
                    "CAST('-0.000000000000000001' AS DECIMAL(38,18))",
                    "CAST(0 AS DECIMAL(38,18))")
                .rows("v = 0"))
        .containsExactly("false", "false", "true");
  }

  @Test
  void truthAndFloatingNumbersArrive() {
    assertThat(exported(Simple.BOOLEAN, "true", "false", "NULL").rows("v"))
        .containsExactlyInAnyOrder("true", "false", "-");
    assertThat(
            exported(
                    Simple.DOUBLE,
                    "0.1D",
                    "-2.5D",
                    "1e300D",
                    "-0.0D",
                    "double('NaN')",
                    "double('Infinity')",
                    "NULL")
                .rows("v IS NULL"))
        .hasSize(7);
  }

  @Test
  void listsAndStructsArrive() {
    Exporting lists =
        exported(TAGS, "array('b', 'a', '')", "array()", "CAST(NULL AS ARRAY<STRING>)");
    assertThat(lists.rows("ARRAY_LENGTH(v)")).contains("3").hasSize(3);

    Exporting structs =
        exported(
            PART,
            "named_struct('a', 'x', 'b', array(3L, -1L))",
            "named_struct('a', CAST(NULL AS STRING), 'b', array(0L))");
    assertThat(structs.rows("v.a, v.b[OFFSET(0)]")).containsExactlyInAnyOrder("x|3", "-|0");
  }

  @Test
  void listWithMissingElementIsRefusedBeforeItLeaves() {
    Exporting export = prepared(TAGS, "array('a', NULL)");

    JobOutcome outcome = export.run();

    assertThat(outcome).isInstanceOf(JobOutcome.Failed.class);
    assertThat(((JobOutcome.Failed) outcome).kind()).isEqualTo(FailureKind.DATA);
    assertThat(export.budget().grants()).isZero();
  }

  private Exporting exported(ColumnType type, String... literals) {
    Exporting export = prepared(type, literals);
    ExportRefinedToBigQueryTest.done(export.run());
    return export;
  }

  private Exporting prepared(ColumnType type, String... literals) {
    RefinedTable table =
        RefinedTable.of(
            AProduct.cells(
                    "cells",
                    "SELECT count(DISTINCT watcher) AS watchers, day, place AS v FROM sightings"
                        + " GROUP BY day, place")
                .leaves("day", Simple.DATE, Classification.OPEN)
                .leaves("v", type, Classification.OPEN));
    StringBuilder rows = new StringBuilder();
    for (String literal : literals) {
      rows.append(rows.isEmpty() ? "" : " UNION ALL ")
          .append("SELECT 9, DATE'2026-01-01', CAST(" + literal + " AS " + type.ddl() + ")");
    }
    table.publish(rows.toString(), "2026-01-01");
    return Exporting.of(table, scratch);
  }
}
