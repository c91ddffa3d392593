package dev.sluice.tests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The files of the repository, without what builds and runs leave behind. */
final class SourceTree {
  private static final Set<String> LEFT_BEHIND =
      Set.of("target", "lakehouse", ".git", ".venv", "node_modules", "__pycache__");

  private SourceTree() {}

  /** The folder that holds the root pom and the launcher. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("sluice"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("Expected to run inside the repository");
      }
    }
    return folder;
  }

  /** Paths from the root, with {@code /} between names. */
  static List<String> files(Predicate<String> wanted) {
    Path root = root();
    List<String> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return LEFT_BEHIND.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String path = root.relativize(file).toString().replace('\\', '/');
              if (wanted.test(path)) {
                found.add(path);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().sorted().toList();
  }

  static List<String> javaOf(String part) {
    return files(path -> path.endsWith(".java") && path.contains("/src/" + part + "/"));
  }

  static List<String> lines(String path) {
    try {
      return Files.readAllLines(root().resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code path:line} of every line in which the pattern is found. */
  static List<String> hits(List<String> paths, Pattern pattern) {
    List<String> hits = new ArrayList<>();
    for (String path : paths) {
      List<String> lines = lines(path);
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          hits.add(path + ":" + (i + 1));
        }
      }
    }
    return hits;
  }
}
