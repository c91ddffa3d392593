package dev.sluice.catalog.contract.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a contract's file, reading it gives contracts or faults and nothing else. */
class MutatedContractsTest {
  private static final int EACH = 400;
  private static final List<String> ODD =
      List.of(
          "~",
          "{}",
          "[]",
          "- x",
          "&a",
          "*a",
          "<<: *a",
          "!!binary x",
          "'",
          "\"",
          ": ",
          "\t",
          "?",
          "0x1F",
          "1e999999999",
          "-1",
          "yes",
          "2013-01-01",
          "${TENANT}",
          "{object}",
          "%YAML 9",
          "---",
          "\u0000",
          "\uD83D\uDE00",
          "[[[[[[[[[[",
          "{a: {a: {a: {a: ",
          "|",
          ">",
          "null",
          "9".repeat(400),
          "[".repeat(5000));

  @TempDir private Path folder;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void mutatedFileNeverThrowsAnythingElse(long seed) throws Exception {
    Random random = new Random(seed);
    SmallContract contract = SmallContract.in(folder);
    List<String> good =
        List.of(
            contract.text(SmallContract.FILE),
            Files.readString(Path.of("../contracts/video-detections.odcs.yaml")));
    int faulty = 0;

    for (int i = 0; i < EACH; i++) {
      byte[] mutated = mutated(good.get(i % 2), random);
      contract.write(SmallContract.FILE, mutated);
      try {
        ContractFolder.read(contract.folder());
      } catch (ContractFaults expected) {
        faulty++;
        int lines = 1 + (int) new String(mutated, StandardCharsets.UTF_8).lines().count();
        assertThat(expected.faults())
            .isNotEmpty()
            .allSatisfy(f -> assertThat(f.line()).isBetween(1, Math.max(lines, 30)));
      }
    }

    assertThat(faulty).isGreaterThan(EACH / 2);
  }

  private static byte[] mutated(String good, Random random) {
    List<String> lines = new ArrayList<>(good.lines().toList());
    for (int change = 0; change <= random.nextInt(3); change++) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      switch (random.nextInt(7)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, line);
        case 2 -> lines.set(at, " ".repeat(random.nextInt(9)) + line.strip());
        case 3 -> lines.set(at, replaced(line, random));
        case 4 -> lines.add(random.nextInt(lines.size()), lines.remove(at));
        case 5 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
        default -> lines.set(at, line.replaceFirst(":.*", ": " + odd(random).replace("$", "\\$")));
      }
    }
    byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(5) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static String replaced(String line, Random random) {
    int at = random.nextInt(line.length() + 1);
    return line.substring(0, at) + odd(random) + line.substring(at);
  }

  private static String odd(Random random) {
    return ODD.get(random.nextInt(ODD.size()));
  }
}
