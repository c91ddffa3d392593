package dev.sluice.catalog.contract.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a SQL file that a contract points to; it lies in the folder {@code sql} beside it. */
final class ReadSqlFile {
  private static final Pattern ALLOWED = Pattern.compile("sql/[a-z][a-z0-9_]{0,99}\\.sql");
  private static final long LONGEST = 1_000_000;

  private final Draft draft;

  ReadSqlFile(Draft draft) {
    this.draft = draft;
  }

  /** The text of the file; its first line is noted as the place of {@code part}. */
  Optional<String> read(Section section, String key, String file, String part) {
    if (!ALLOWED.matcher(file).matches()) {
      section.fault(key, "a SQL file is called sql/<lower_case_name>.sql; got '" + file + "'");
      return Optional.empty();
    }
    Path path = draft.folder().resolve(file);
    try {
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        section.fault(key, "there is no file " + file + " beside the contract");
        return Optional.empty();
      }
      if (Files.size(path) > LONGEST) {
        section.fault(key, file + " is longer than " + LONGEST + " bytes");
        return Optional.empty();
      }
      String text = Files.readString(path);
      draft.place(part, new Place(file, 1));
      return Optional.of(text);
    } catch (IOException e) {
      section.fault(key, file + " cannot be read as UTF-8: " + e.getMessage());
      return Optional.empty();
    }
  }
}
