package dev.sluice.catalog.contract.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentedContractTest {
  @TempDir private Path folder;

  @Test
  void exampleOfTheDocumentationIsGood() throws IOException {
    String page = Files.readString(Path.of("../../docs/contracts.md"));
    Files.createDirectories(folder.resolve("sql"));
    Files.writeString(folder.resolve("bed-occupancy.odcs.yaml"), block(page, "yaml"));
    Files.writeString(folder.resolve("sql/stays_by_ward_month.sql"), block(page, "sql"));

    assertThat(ContractFolder.examine(folder).faults()).isEmpty();
  }

  private static String block(String page, String language) {
    Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
