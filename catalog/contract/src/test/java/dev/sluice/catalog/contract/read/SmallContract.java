package dev.sluice.catalog.contract.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small good contract in a folder of its own, to be broken. */
final class SmallContract {
  static final String FILE = "orders.odcs.yaml";
  static final String SQL = "sql/sales_by_region.sql";

  private final Path folder;

  private SmallContract(Path folder) {
    this.folder = folder;
  }

  static SmallContract in(Path folder) {
    try {
      Files.createDirectories(folder.resolve("sql"));
      for (String file : List.of(FILE, SQL)) {
        Files.copy(Path.of("src/test/resources/small", file), folder.resolve(file));
      }
      return new SmallContract(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces the one place where {@code good} stands; gives the line of the replacement. */
  int replace(String file, String good, String broken) {
    String text = text(file);
    int at = text.indexOf(good);
    if (at < 0 || text.indexOf(good, at + 1) >= 0) {
      throw new IllegalArgumentException(file + " must have once: " + good);
    }
    write(file, text.replace(good, broken).getBytes(StandardCharsets.UTF_8));
    return (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
  }

  String text(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String file, byte[] content) {
    try {
      Files.write(folder.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Fault> faults() {
    return ContractFolder.examine(folder).faults();
  }

  Path folder() {
    return folder;
  }
}
