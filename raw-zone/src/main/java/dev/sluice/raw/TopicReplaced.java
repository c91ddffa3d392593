package dev.sluice.raw;

/** While a stream ran, its topic was deleted and another made under its name. */
final class TopicReplaced extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TopicReplaced(String topic, String expected, String found) {
    super(
        "Expected topic "
            + topic
            + " to keep its id "
            + expected
            + " while it is read; its id is now "
            + found);
  }
}
