package dev.sluice.pipelines.services;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Passes on the progress lines that the services' process adds to its log. */
final class FollowLog {
  private static final String MARK = " services: ";

  private final Path file;
  private final Consumer<String> progress;
  private final List<String> said = new ArrayList<>();
  private long place;

  /** Follows from the present end. */
  FollowLog(Path file, Consumer<String> progress) throws IOException {
    this.file = file;
    this.progress = progress;
    this.place = Files.exists(file) ? Files.size(file) : 0;
  }

  /** Passes on the whole lines that came since the last call. */
  void pass() throws IOException {
    if (!Files.exists(file) || Files.size(file) <= place) {
      return;
    }
    String text = rest();
    int end = text.lastIndexOf('\n') + 1;
    place += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    text.substring(0, end).lines().forEach(this::line);
  }

  /** The last line that came, for a message. */
  String last() {
    return said.isEmpty() ? "it said nothing" : said.get(said.size() - 1);
  }

  private void line(String line) {
    int mark = line.indexOf(MARK);
    said.add(mark < 0 ? line : line.substring(mark + MARK.length()));
    if (mark >= 0) {
      progress.accept(line.substring(mark + MARK.length()));
    }
  }

  private String rest() throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(place);
      byte[] bytes = new byte[(int) Math.min(log.length() - place, 1 << 20)];
      log.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
