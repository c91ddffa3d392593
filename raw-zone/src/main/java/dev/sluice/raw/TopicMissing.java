package dev.sluice.raw;

import dev.sluice.catalog.run.FailureKind;

/** The broker answers and has no topic of this name. */
final class TopicMissing extends SourceUnavailable {
  private static final long serialVersionUID = 1L;

  TopicMissing(KafkaSource source, String topic, Throwable cause) {
    super(
        FailureKind.SETUP,
        source
            + " has no topic "
            + topic
            + ". Create it or send a message to it; its name stands in the contract",
        cause);
  }
}
