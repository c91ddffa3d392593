package dev.sluice.pipelines.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One question of the demo. The resource {@code questions.sql} has them as statements that end with
 * a semicolon, each after a comment line {@code -- <engine>: <title>}.
 */
record Question(String engine, String title, String sql) {

  static List<Question> all() {
    return Arrays.stream(text().split(";\\s*\\n"))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(Question::parse)
        .toList();
  }

  private static Question parse(String part) {
    String[] headAndSql = part.split("\n", 2);
    String[] engineAndTitle = headAndSql[0].replaceFirst("^--\\s*", "").split(":\\s*", 2);
    return new Question(engineAndTitle[0], engineAndTitle[1], headAndSql[1].strip());
  }

  private static String text() {
    try (InputStream in = Question.class.getResourceAsStream("questions.sql")) {
      if (in == null) {
        throw new IllegalStateException("questions.sql is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
