package dev.sluice.catalog.publishing.upkeep;

import dev.sluice.catalog.publishing.LocalLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * Whether a table's folder has any file as old as that; writers may add and remove files meanwhile.
 * Local folders are walked here: Hadoop asks a process of its own for the permissions of each local
 * file, and fails when the file has just gone.
 */
final class OldFiles {
  private OldFiles() {}

  /**
   * @param before milliseconds since 1970
   */
  static boolean anyIn(Table table, long before) {
    if (LocalLocation.isLocal(table.location())) {
      return anyIn(LocalLocation.path(table.location()), before);
    }
    if (!(table.io() instanceof SupportsPrefixOperations files)) {
      return true; // not known without comparing
    }
    return StreamSupport.stream(files.listPrefix(table.location()).spliterator(), false)
        .anyMatch(file -> file.createdAtMillis() < before);
  }

  private static boolean anyIn(Path folder, long before) {
    AtomicBoolean found = new AtomicBoolean();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found.set(attributes.lastModifiedTime().toMillis() < before);
              return found.get() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, IOException changed) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.get();
  }
}
