package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stock local file system does is what this one does. */
class JvmLocalFileSystemTest {
  private static final URI LOCAL = URI.create("file:///");

  @TempDir java.nio.file.Path folder;

  private static Configuration ours() {
    Configuration configuration = new Configuration(false);
    JvmLocalFileSystem.settings().forEach(configuration::set);
    return configuration;
  }

  private static FileSystem open(boolean ours) throws IOException {
    FileSystem files = ours ? FileSystem.newInstance(LOCAL, ours()) : new LocalFileSystem();
    files.initialize(LOCAL, ours());
    return files;
  }

  private Set<String> written(String name, boolean ours, String umask) throws IOException {
    java.nio.file.Path top = folder.resolve(name);
    try (FileSystem files = open(ours)) {
      files.getConf().set("fs.permissions.umask-mode", umask);
      try (FSDataOutputStream out = files.create(new Path(top + "/a/b/file"), true)) {
        out.writeUTF("text");
      }
      files.mkdirs(new Path(top + "/c/d"));
      files.mkdirs(new Path(top + "/own"), new FsPermission((short) 0700));
      files.setPermission(new Path(top + "/c/d"), new FsPermission((short) 0640));
      files.setPermission(new Path(top + "/c"), new FsPermission((short) 01777));
    }
    Set<String> found = new TreeSet<>();
    try (var all = java.nio.file.Files.walk(top)) {
      for (java.nio.file.Path each : all.toList()) {
        Object mode = java.nio.file.Files.getAttribute(each, "unix:mode");
        found.add(top.relativize(each) + " " + Integer.toOctalString((Integer) mode));
      }
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"022", "077"})
  void filesChecksumsAndFoldersHaveTheStockPermissions(String umask) throws IOException {
    Set<String> stock = written("stock", false, umask);

    assertThat(written("ours", true, umask)).isEqualTo(stock);
    assertThat(stock).contains("a/b/.file.crc 100" + (umask.equals("022") ? "644" : "600"));
    assertThat(stock).contains("own 40700", "c/d 40640", "c 41777");
  }

  @Test
  void settingsPutItInPlaceOfBothStockOnes() throws IOException {
    try (FileSystem files = FileSystem.newInstance(LOCAL, ours())) {
      assertThat(files).isInstanceOf(JvmLocalFileSystem.class);
    }
    assertThat(FileContext.getFileContext(LOCAL, ours()).getDefaultFileSystem())
        .isInstanceOf(JvmLocalFileSystem.Context.class);
  }

  @Test
  void aFileIsReplacedByRenamingOverIt() throws IOException {
    FileContext files = FileContext.getFileContext(LOCAL, ours());
    for (String text : new String[] {"one", "two"}) {
      try (FSDataOutputStream out =
          files.create(
              new Path(folder + "/" + text), EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE))) {
        out.writeUTF(text);
      }
    }

    files.rename(new Path(folder + "/two"), new Path(folder + "/one"), Options.Rename.OVERWRITE);

    try (var in = files.open(new Path(folder + "/one"))) {
      assertThat(in.readUTF()).isEqualTo("two");
    }
  }
}
