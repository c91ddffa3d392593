"""What a topic truly holds."""

from __future__ import annotations

from dataclasses import dataclass

from confluent_kafka import Consumer, TopicPartition


@dataclass(frozen=True)
class Message:
    """One committed message."""

    partition: int
    offset: int
    key: bytes | None
    value: bytes | None


def messages(bootstrap: str, topic: str) -> list[Message]:
    """Every message of the topic that a read-committed consumer sees, in no special order."""
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "sluice-oracle",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "enable.partition.eof": True,
        }
    )
    try:
        metadata = consumer.list_topics(topic, timeout=20).topics[topic]
        if metadata.error is not None:
            raise LookupError(f"topic {topic}: {metadata.error}")
        partitions = sorted(metadata.partitions)
        open_partitions = set()
        for partition in partitions:
            low, high = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=20)
            if high > low:
                open_partitions.add(partition)
        consumer.assign([TopicPartition(topic, p, 0) for p in sorted(open_partitions)])
        found: list[Message] = []
        while open_partitions:
            for record in consumer.consume(10_000, timeout=5):
                if record.error() is not None:
                    if record.error().name() == "_PARTITION_EOF":
                        open_partitions.discard(record.partition())
                        continue
                    raise RuntimeError(str(record.error()))
                found.append(
                    Message(record.partition(), record.offset(), record.key(), record.value())
                )
        return found
    finally:
        consumer.close()
