package dev.sluice.catalog.position;

import java.util.regex.Pattern;

/**
 * One ordered source of news: a Kafka partition, a table of ours, a version of reference data.
 *
 * <p>Forms: {@code <cluster>/<topic>@<topic id>/<partition>}, {@code drop/<contract>}, {@code
 * ref/<name>}, or the name of a table such as {@code city_raw.video_detections}.
 */
public record Lane(String name) implements Comparable<Lane> {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_.@/+=-]{1,400}");
  private static final String DROP = "drop/";

  public Lane {
    if (!ALLOWED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A lane's name has letters, digits and _.@/+=- only (at most 400); got a name of "
              + name.length()
              + " characters that does not fit");
    }
  }

  /** The lane of one Kafka partition; a recreated topic has another id and so other lanes. */
  public static Lane ofKafka(String cluster, String topic, String topicId, int partition) {
    return new Lane(cluster + "/" + topic + "@" + topicId + "/" + partition);
  }

  /** The lane of the files that are dropped for a contract; see {@link DropSequence}. */
  public static Lane ofDrop(String contract) {
    return new Lane(DROP + contract);
  }

  /** Whether it is a lane of dropped files. */
  public boolean isDrop() {
    return name.startsWith(DROP);
  }

  /** The lane whose sequence is the edition of a table, for example {@code city_stage.flights}. */
  public static Lane ofTable(String table) {
    return new Lane(table);
  }

  /** The lane of versioned reference data. */
  public static Lane ofReference(String reference) {
    return new Lane("ref/" + reference);
  }

  @Override
  public int compareTo(Lane other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
