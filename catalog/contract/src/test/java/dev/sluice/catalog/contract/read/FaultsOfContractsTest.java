package dev.sluice.catalog.contract.read;

import static dev.sluice.catalog.contract.read.SmallContract.FILE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsOfContractsTest {
  @TempDir private Path folder;

  @Test
  void smallContractIsGood() {
    assertThat(SmallContract.in(folder).faults()).isEmpty();
  }

  /** Good text, broken text, part of the one message that is expected at the line of the change. */
  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      # heading
      apiVersion: v3.2.0 | apiVersion: v3.1.0 | apiVersion must be v3.2.0
      id: shop-orders | id: Shop--orders | a name starts with a letter
      version: 0.1.0 | version: 0.1 | 'version' must be text
      version: 0.1.0 | version: v1 | a version has three numbers
      status: draft | status: "draft" x | This is no YAML
      team: { name: shop } | team: { title: shop } | lacks 'name'
      status: draft | colour: red | lacks 'status'
      [north, south] | [north, North] | a tenant's name has lower case letters
      { property: tenants, value: [north, south] } | { property: tenant, value: [north, south] } | lacks 'tenants'
      # upkeep
      orphansAfter: P7D | orphansAfter: PT1H | must be P1D or longer
      targetFileSize: 256MB | targetFileSize: 256 | 'targetFileSize' must be text
      targetFileSize: 256MB | targetFileSize: large | must be a size such as 500MB
      smallFiles: 50 | smallFiles: 0 | whole number from 1
      sales_by_region: { snapshots: 5 } | sales_by_hour: { snapshots: 5 } | unknown key 'sales_by_hour'
      # service levels
      value: 90, unit: min | value: 1.5, unit: min | a whole number from 1
      value: 90, unit: min | value: 90, unit: fortnight | a unit of latency is s, min, h or d
      value: 90, unit: min | value: 90 | lacks 'unit'
      value: 90, unit: min | value: 90, unit: min, until: stage | unknown key 'until'
      scheduler: cron, schedule: "0 * * * *" | scheduler: luigi | the scheduler must be cron
      "0 * * * *" | "@hourly" | a cron expression of five fields
      value: 2, unit: d, element | value: 2, unit: w, element | a unit of freshness is s, min, h or d
      unit: rows/d | unit: rows | the unit of completeness is rows/d
      element: raw.landed_at | element: quarantine.size | a retention is of raw, the stage table or a product
      element: raw.landed_at | element: raw.sequence | write raw.landed_at
      element: raw.landed_at | element: sales_by_region.region | write sales_by_region.day
      "5 * * * *" | "@hourly" | a cron expression of five fields
      dropUnusedAfter: P30D | dropUnusedAfter: 30 | 'dropUnusedAfter' must be text
      recreatable: true | dropped: true | lacks 'recreatable'
      # source
      "${TENANT}.orders" | orders | a topic has letters
      topic: "${TENANT}.orders" | topic: "${TENANT}.orders", maxDepth: 0 | whole number from 1 to 100
      topic: "${TENANT}.orders" | topic: "${TENANT}.orders", speed: 3 | unknown key 'speed'
      # files beside the topic
      server: events | server: event | servers are events, files, lake
      format: csv | format: xml | format must be json, csv, avro or parquet
      type: local | type: ftp | files are of type local, s3 or custom
      path: ${DROP}/${TENANT}/orders | path: ${DROP}/orders | ${TENANT} in it
      path: ${DROP}/${TENANT}/orders | path: drop/${TENANT}/orders | begins with / or ${DROP}/
      path: ${DROP}/${TENANT}/orders | path: /a/../${TENANT} | no '..'
      path: ${DROP}/${TENANT}/orders | location: /srv/${TENANT} | has 'path', not 'location'
      nulls: ["", NA] | nulls: NA | 'nulls' must be a list
      nulls: ["", NA] | nulls: [""], delimiter: ";;" | must be one character
      nulls: ["", NA] | quote: "," | quote and delimiter must differ
      nulls: ["", NA] | header: false | need 'columns'
      nulls: ["", NA] | columns: [a, b] | the header names the columns
      nulls: ["", NA] | header: false, columns: [a, a] | a column stands there twice
      nulls: ["", NA] | settle: 5 | 'settle' must be text
      nulls: ["", NA] | maxDepth: 4 | declared with the topic
      nulls: ["", NA] | compression: gzip | unknown key 'compression'
      # stage table
      physicalName: ${TENANT}_stage.orders | physicalName: stage.orders | physicalName must be ${TENANT}_stage.orders
      column: ordered_at | column: ordered | the event time 'ordered' must be
      earliest: "2020-01-01T00:00:00Z" | earliest: "2020-01-01" | must be an instant
      within: P1D | within: 1 day | must be a duration
      days(ordered_at) | days(when) | there is no column 'when'
      days(ordered_at) | week(ordered_at) | must be a column, days(column)
      days(ordered_at) | days(shop) | days(shop) is for date, timestamptz and timestamp_ntz; shop is string
      days(ordered_at) | hours(born) | hours(born) is for timestamptz
      "bucket(4, shop)" | months(ordered_at) | months(ordered_at) and days(ordered_at) cannot stand together
      "bucket(4, shop)" | days(ordered_at) | days(ordered_at) and days(ordered_at) cannot stand together
      "bucket(4, shop)" | "bucket(4, shop)", "bucket(8, shop)" | bucket(8, shop) and bucket(4, shop) cannot stand
      "bucket(4, shop)" | "bucket(4, lines)" | bucket(4, lines) is for int, long
      "bucket(4, shop)" | lines | lines is for columns without parts
      value: [ordered_at] | value: [unordered] | there is no column 'unordered'
      value: [ordered_at] | value: [lines] | rows are sorted by columns without parts
      id: has_lines | id: has lines | a name starts with a letter
      size(lines) > 0 | md5(shop) <> '' | the hash md5 has no key
      size(lines) > 0 | "reflect('java.lang.System', 'exit', 0)" | must not call Java
      # columns
      method: generalise, step: YEAR | method: keep | the personal column born must be protected
      method: generalise, step: YEAR | method: generalise, step: 10 | step must be
      method: generalise, step: YEAR | method: siv-token, domain: birth | gives text
      method: hmac-pseudonym, domain: customer | method: hmac-pseudonym | lacks 'domain'
      method: hmac-pseudonym, domain: customer | method: sha256 | method must be keep
      field: mail, maxLength: 254 | field: mail, maxLength: 254, allowed: [a, b] | can be told apart by counting
      field: mail, maxLength: 254 | field: a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.mail | lies deeper than the 16 levels
      field: mail, maxLength: 254 | field: mail, longest: 254 | unknown key 'longest'
      field: mail, maxLength: 254 | field: mail, pattern: "(" | no regular expression
      field: mail, maxLength: 254 | field: mail, format: iso-8601 | a format is for timestamps
      field: mail, maxLength: 254 | field: mail, minLength: 9, maxLength: 4 | nothing lies between
      physicalType: "decimal(12,2)", required: true | physicalType: "decimal(12,2)", enum: [{ value: few }] | 'few' is no plain number
      physicalType: timestamptz, required: true | physicalType: timestamptz, required: true, enum: [{ value: "2026-01-01" }] | 'enum' is for strings, numbers, dates and booleans
      expression: size(lines) > 0 | expression: size(lines) > 0; | one SQL expression, without a semicolon
      physicalType: "decimal(12,2)" | physicalType: "decimal(39,2)" | must be boolean, int
      physicalType: timestamptz | physicalType: timestamp | must be boolean, int
      name: total, logicalType: number | name: total, logicalType: integer | logicalType of decimal(12,2) is number
      name: total, logicalType: number | name: total, logicalType: map | a map is an array of objects
      name: total, logicalType: number | name: born, logicalType: number | stands here twice
      name: number, logicalType: integer | name: Number, logicalType: integer | a name starts with a letter
      physicalType: long, required: true, primaryKey: true, primaryKeyPosition: 2 | physicalType: long, required: true, primaryKeyPosition: 2 | the column is no key
      primaryKeyPosition: 2, classification: key | primaryKeyPosition: 3, classification: key | must be 1, 2, 3
      logicalTypeOptions: { minimum: 1 } | logicalTypeOptions: { minimun: 1 } | unknown key 'minimun'
      logicalTypeOptions: { minimum: 1 } | logicalTypeOptions: { maxLength: 1 } | is for strings
      logicalTypeOptions: { minimum: 1 } | relationships: [{ to: shops.number }] | which no table of this contract has
      name: article, logicalType: string, physicalType: string, required: true, classification: quasi | name: article, logicalType: string, physicalType: string | unclassified
      "decimal(9,2)", classification: open | "decimal(9,2)", classification: public | must be open, key
      # set rules
      mustBeBetween: [0, 10], severity: warning | mustBeBetween: [0, 10], severity: loud | severity must be error
      mustBeBetween: [0, 10], severity | severity | exactly one of mustBe
      mustBeBetween: [0, 10] | mustBeBetween: [10, 0], mustBe: 1 | two numbers, the smaller first
      metric: rowCount | metric: rows | metric must be
      metric: rowCount | type: metric | type must be library
      metric: rowCount | type: sql, query: "SELECT count(*) FROM orders" | must read its table as {object}
      metric: rowCount | type: sql, query: "DELETE FROM {object}" | begins with SELECT or WITH
      metric: rowCount | type: sql, unit: rows, query: "SELECT count(*) FROM {objects}" | must read its table as {object}
      id: customer_known | id: enough | stands twice
      metric: rowCount | type: sql, query: "SELECT 1 FROM {object}; SELECT 2" | without a semicolon
      # reference
      primaryKeyPosition: 1, classification: key } | primaryKeyPosition: 1, classification: personal } | no column of theirs may be personal
      - { name: region, logicalType: string, physicalType: string, classification: quasi } | - { name: region, logicalType: string, physicalType: binary, classification: quasi } | reference data have no binary
      - { name: region, logicalType: string, physicalType: string, classification: quasi } | - { name: region, logicalType: array, items: { logicalType: string, physicalType: string, classification: quasi } } | reference data have no array<string>
      # product
      sql: sql/sales_by_region.sql | sql: sql/sales.sql | there is no file sql/sales.sql
      sql: sql/sales_by_region.sql | sql: ../sales.sql | a SQL file is called
      { table: shops } | { table: stores } | neither the stage table nor reference data
      partition: day | partition: month | is no column of the product
      least: 0.5 | least: 0.5, most: 1 | the SQL does not use it
      least: 0.5 | least: 1e99 | a plain number of at most 38 digits
      [shops.region] | [shops.country] | which no input has
      [shops.region] | [shops.region], relationships: [{ to: shops.country }] | which no table of this contract has
      transformLogic: count(distinct customer) | transformLogic: max(customer) | is personal, unless
      # export
      columns: [region, day, orders] | columns: [region, day, orders, profit] | the exported column 'profit' does not exist
      columns: [region, day, orders] | columns: [region, orders] | the partition column day must leave too
      quasiIdentifiers: [region, day] | quasiIdentifiers: [day] | must stand in quasiIdentifiers
      contributors: customers | contributors: orders | must be a required long whose
      contributors: customers | subject: region | must not leave
      k: 5 | k: 1 | whole number from 2
      k: 5 | k: 5, l: 3 | belong together
      k: 5 | k: 5, totals: [{ by: [orders] }] | totals are by quasiIdentifiers
      k: 5 | k: 5, holdDifferences: true | their column among the exported columns
      k: 5 | k: 5, totals: [{ of: [region] }] | lacks 'by'
      maxSuppressed: 0.1 | maxSuppressed: 10 | is a share from 0 to 1
      maxBytesPerDay: 1MB | maxBytesPerDay: 1000000 | maxBytesPerDay
      classification: open, transformLogic: count(*) | classification: sensitive, transformSourceObjects: [orders.total] | must stand in sensitive
      classification: open, transformLogic: count(*) | classification: open, transformSourceObjects: [orders.number] | a key; keys never leave
      classification: open, transformLogic: count(*) | classification: open, transformLogic: max(customer) | is made from the token
      logicalType: integer, physicalType: long, required: true, classification: open, transformLogic: count(*) | logicalType: object, transformLogic: both, properties: [{ name: a, logicalType: string, physicalType: string, classification: key }, { name: b, logicalType: string, physicalType: string, classification: quasi }] | has a part that is a key
      logicalType: integer, physicalType: long, required: true, classification: open, transformLogic: count(*) | logicalType: object, transformLogic: both, properties: [{ name: a, logicalType: string, physicalType: string, classification: quasi }, { name: b, logicalType: string, physicalType: string, classification: sensitive }] | a sensitive part beside others
      """)
  void faultIsFoundAtItsLine(String good, String broken, String message) {
    SmallContract contract = SmallContract.in(folder);
    int line = contract.replace(FILE, good, broken);

    assertThat(contract.faults())
        .anySatisfy(
            fault -> {
              assertThat(fault.file()).isEqualTo(FILE);
              assertThat(fault.message()).contains(message);
              assertThat(fault.line()).isBetween(earliest(line, fault), line);
            });
  }

  /** What is missing is reported at the map that lacks it; a policy where it begins. */
  private static int earliest(int line, Fault fault) {
    boolean far =
        fault.message().contains("lacks") || fault.message().contains("must stand in sensitive");
    return far ? 1 : line - 1;
  }

  @Test
  void personalPartOfANestedColumnMustBeProtectedToo() {
    SmallContract contract = SmallContract.in(folder);
    contract.replace(
        FILE,
        "name: article, logicalType: string, physicalType: string, required: true, classification:"
            + " quasi",
        "name: article, logicalType: string, physicalType: string, required: true, classification:"
            + " personal");

    assertThat(contract.faults())
        .extracting(Fault::message)
        .singleElement()
        .asString()
        .startsWith("the personal column lines must be protected; suppress or drop it");
  }

  @Test
  void optionsOfAProtectedColumnAreReadToo() {
    SmallContract contract = SmallContract.in(folder);
    int line =
        contract.replace(
            FILE,
            "name: customer\n",
            "name: customer\n        logicalTypeOptions: { longest: 9 }\n");

    assertThat(contract.faults())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.message()).contains("unknown key 'longest'");
              assertThat(f.line()).isEqualTo(line + 1);
            });
  }

  @Test
  void rulesForPeopleAndUnitsOfQueriesAreText() {
    SmallContract contract = SmallContract.in(folder);
    contract.replace(
        FILE,
        "- { id: enough, metric: rowCount,",
        "- { id: kind, type: text, description: Be kind., severity: warning }\n      - { id: enough,"
            + " type: sql, unit: rows, query: \"SELECT count(*) FROM {object}\",");

    assertThat(contract.faults()).isEmpty();
  }

  @Test
  void columnsOfStageAndProductsMayPointToReferenceData() {
    SmallContract contract = SmallContract.in(folder);
    contract.replace(
        FILE, "[shops.region]", "[shops.region], relationships: [{ to: shops.region }]");
    contract.replace(FILE, "enum: [", "relationships: [{ to: shops.shop }], enum: [");

    assertThat(contract.faults()).isEmpty();
  }

  @Test
  void partitionFieldMayNotBeCalledLikeAColumn() {
    SmallContract contract = SmallContract.in(folder);
    contract.replace(FILE, "name: total,", "name: ordered_at_day,");

    assertThat(contract.faults())
        .extracting(Fault::message)
        .anySatisfy(
            m -> assertThat(m).contains("partition field of days(ordered_at) ordered_at_day"));
  }
}
