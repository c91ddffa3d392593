package dev.sluice.raw.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Counts the files of a folder that landing has not seen yet; starts no Spark. */
public final class CountFiles {
  private CountFiles() {}

  /**
   * Files that the next run of landing would look at.
   *
   * @param table the raw table they would land in
   * @throws UncheckedIOException when the folder's storage does not answer
   */
  public static long unseen(String location, Configuration hadoop, FileIndex index, String table) {
    try {
      List<FileMark> marks =
          new ReadDropFolder(location, hadoop).list().stream().map(FoundFile::mark).toList();
      Set<FileMark> seen = index.seen(table, marks);
      return marks.stream().filter(m -> !seen.contains(m)).count();
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to be able to list " + location, e);
    }
  }
}
