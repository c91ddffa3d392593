package dev.sluice.raw.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * Lists the files of a folder and the folders below it, the oldest first. Names that begin with
 * {@code _} or {@code .}, and those that writers give to files they are still at, are passed over;
 * so is what lies below such a folder.
 */
final class ReadDropFolder {
  private static final Pattern UNDER_WAY =
      Pattern.compile(
          "[._].*|.*(\\.tmp|\\.inprogress|\\.part|\\.partial|\\.filepart|\\._COPYING_)");

  private final String location;
  private final Configuration hadoop;

  ReadDropFolder(String location, Configuration hadoop) {
    this.location = location.startsWith("s3://") ? "s3a" + location.substring(2) : location;
    this.hadoop = hadoop;
  }

  /**
   * The files there now; none when there is no such folder yet.
   *
   * @throws IOException when the storage does not answer
   */
  List<FoundFile> list() throws IOException {
    Path root = new Path(location);
    FileSystem files = root.getFileSystem(hadoop);
    Path top = files.makeQualified(root);
    List<FoundFile> found = new ArrayList<>();
    ArrayDeque<Path> folders = new ArrayDeque<>(List.of(top));
    while (!folders.isEmpty()) {
      list(files, top, folders.remove(), folders, found);
    }
    found.sort(Comparator.comparingLong(FoundFile::modified).thenComparing(FoundFile::name));
    return found;
  }

  private static void list(
      FileSystem files, Path top, Path folder, ArrayDeque<Path> folders, List<FoundFile> found)
      throws IOException {
    try {
      RemoteIterator<FileStatus> all = files.listStatusIterator(folder);
      while (all.hasNext()) {
        FileStatus each = all.next();
        String name = each.getPath().getName();
        if (UNDER_WAY.matcher(name).matches()) {
          continue;
        }
        if (each.isDirectory()) {
          folders.add(each.getPath());
        } else {
          found.add(
              new FoundFile(
                  each.getPath().toString(),
                  top.toUri().relativize(each.getPath().toUri()).getPath(),
                  each.getLen(),
                  each.getModificationTime()));
        }
      }
    } catch (FileNotFoundException e) {
      // not made yet, or taken away while it was listed
    }
  }

  /**
   * Whether a writer still holds the file open, where the file system knows that: HDFS shows the
   * blocks that stand as if they were the file, with the time when it was begun.
   *
   * @throws IOException when the storage does not answer
   */
  boolean isOpen(FoundFile file) throws IOException {
    Path path = new Path(file.path());
    return path.getFileSystem(hadoop) instanceof DistributedFileSystem hdfs
        && !hdfs.isFileClosed(path);
  }

  @Override
  public String toString() {
    return location;
  }
}
