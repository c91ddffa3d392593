package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.NativeCodeLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFilesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(classes = {LocalFileSystem.class, LocalFiles.class})
  void filesFoldersAndChecksumsAreThoseOfHadoop(Class<? extends LocalFileSystem> kind)
      throws IOException {
    try (FileSystem files = open(kind)) {
      files.mkdirs(at("a"));
      write(files, at("a/b"));
      write(files, at("secret"));
      files.setPermission(at("secret"), new FsPermission((short) 0600));
    }

    assertThat(mode("a")).isEqualTo("rwxr-xr-x");
    assertThat(mode("a/b")).isEqualTo("rw-r--r--");
    assertThat(mode("a/.b.crc")).isEqualTo("rw-r--r--");
    assertThat(mode("secret")).isEqualTo("rw-------");
  }

  @Test
  void noProcessIsStartedForAFile() throws IOException {
    assertThat(processesFor(LocalFiles.class)).isZero();
  }

  @Test
  void hadoopStartsTwoForEachFile() throws IOException {
    assumeThat(NativeCodeLoader.isNativeCodeLoaded()).isFalse();

    assertThat(processesFor(LocalFileSystem.class)).isEqualTo(2);
  }

  private long processesFor(Class<? extends LocalFileSystem> kind) throws IOException {
    Path events = folder.resolve("events.jfr");
    try (FileSystem files = open(kind);
        Recording recording = new Recording()) {
      write(files, at("before")); // what is asked once about the machine
      recording.enable("jdk.ProcessStart");
      recording.start();
      write(files, at("file"));
      recording.stop();
      recording.dump(events);
    }
    return RecordingFile.readAllEvents(events).stream()
        .filter(event -> event.getString("command").startsWith("chmod"))
        .count();
  }

  private static FileSystem open(Class<? extends LocalFileSystem> kind) throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.file.impl", kind, FileSystem.class);
    return FileSystem.newInstance(URI.create("file:///"), hadoop);
  }

  private static void write(FileSystem files, org.apache.hadoop.fs.Path path) throws IOException {
    try (var out = files.create(path, true)) {
      out.write(1);
    }
  }

  private org.apache.hadoop.fs.Path at(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
