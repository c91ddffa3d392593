package dev.sluice.tests.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The contract of a data set in a folder, edited as its owner would over a year. */
final class ChangingContract {
  static final String ID = "meter-readings";
  private static final String FILE = ID + ".odcs.yaml";
  private static final List<String> FILES = List.of(FILE, "sql/used_by_meter_day.sql");

  private final Path folder;

  ChangingContract(Path folder) {
    this.folder = folder;
    for (String name : FILES) {
      write(name, resource(name));
    }
  }

  Path folder() {
    return folder;
  }

  /** Replaces what stands once in the contract. */
  ChangingContract replace(String before, String after) {
    return replaceIn(FILE, before, after);
  }

  ChangingContract replaceIn(String file, String before, String after) {
    String text = read(file);
    int at = text.indexOf(before);
    if (at < 0 || text.indexOf(before, at + 1) >= 0) {
      throw new IllegalArgumentException(file + " must have once: " + before);
    }
    write(file, text.replace(before, after));
    return this;
  }

  /** Adds a line below the only line that holds {@code anchor}. */
  ChangingContract below(String anchor, String line) {
    StringBuilder text = new StringBuilder();
    for (String each : read(FILE).split("\n")) {
      text.append(each).append('\n');
      if (each.contains(anchor)) {
        text.append(line).append('\n');
      }
    }
    write(FILE, text.toString());
    return this;
  }

  ChangingContract without(String anchor) {
    StringBuilder text = new StringBuilder();
    for (String each : read(FILE).split("\n")) {
      if (!each.contains(anchor)) {
        text.append(each).append('\n');
      }
    }
    write(FILE, text.toString());
    return this;
  }

  String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void restore(String text) {
    write(FILE, text);
  }

  String text() {
    return read(FILE);
  }

  void write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ChangingContract.class.getResourceAsStream("/year-of-changes/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
