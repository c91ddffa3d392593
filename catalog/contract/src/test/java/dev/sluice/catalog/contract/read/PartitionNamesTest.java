package dev.sluice.catalog.contract.read;

import static dev.sluice.catalog.contract.read.SmallContract.FILE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A directory's name has 255 bytes; a character may take twelve of them. */
class PartitionNamesTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} by {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      enum: [{ value: A }, { value: B }] | shop | true
      logicalTypeOptions: { maxLength: 20 } | shop | true
      logicalTypeOptions: { maxLength: 21 } | shop | false
      logicalTypeOptions: { maxLength: 21 } | identity(shop) | false
      description: any shop | shop | false
      description: any shop | truncate(20, shop) | true
      description: any shop | truncate(21, shop) | false
      description: any shop | bucket(999, shop) | true
      logicalTypeOptions: { maxLength: 64, pattern: "^[A-Za-z0-9_-]{1,64}$" } | shop | true
      logicalTypeOptions: { maxLength: 64, pattern: "[A-Z]+" } | shop | false
      logicalTypeOptions: { maxLength: 64, pattern: "^[A-Z/]+$" } | shop | false
      logicalTypeOptions: { pattern: "^[A-Z]+$" } | shop | false
      enum: [{ value: A }, { value: B }] | customer | false
      enum: [{ value: A }, { value: B }] | truncate(12, customer) | true
      """)
  void valuesMustMakeNamesThatFit(String limits, String transform, boolean fits) {
    SmallContract contract = SmallContract.in(folder);
    contract.replace(FILE, "enum: [{ value: A }, { value: B }]", limits);
    contract.replace(FILE, "bucket(4, shop)", transform);

    if (fits) {
      assertThat(contract.faults()).isEmpty();
    } else {
      assertThat(contract.faults())
          .singleElement()
          .satisfies(
              f ->
                  assertThat(f.message())
                      .contains("longer name of a directory than the 255 bytes", "truncate("));
    }
  }
}
