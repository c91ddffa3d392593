package dev.sluice.catalog.publishing;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system that sets permissions within the JVM. Where Hadoop's native library is
 * not installed, the stock one starts a process ({@code chmod}) for each file, its checksum and
 * each folder (RawLocalFileSystem.setPermission); a promotion writes dozens of files. Files,
 * checksums and permissions are the same.
 */
public final class JvmLocalFileSystem extends LocalFileSystem {
  /** For Hadoop, which makes it by its name. */
  public JvmLocalFileSystem() {
    super(new Raw());
  }

  /** Settings by Hadoop's names under which {@code file:} is served by this class. */
  public static Map<String, String> settings() {
    return Map.of(
        "fs.file.impl", JvmLocalFileSystem.class.getName(),
        "fs.AbstractFileSystem.file.impl", Context.class.getName());
  }

  /** The same for Hadoop's newer interface, by which checkpoints are written. */
  public static final class Context extends DelegateToFileSystem {
    /** For Hadoop, which makes it by its name. */
    public Context(URI uri, Configuration conf) throws IOException, URISyntaxException {
      super(uri, new JvmLocalFileSystem(), conf, "file", false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      PosixFileAttributeView view =
          Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
      if (view == null || permission.getStickyBit()) {
        super.setPermission(path, permission);
        return;
      }
      String text =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      view.setPermissions(PosixFilePermissions.fromString(text));
    }
  }
}
