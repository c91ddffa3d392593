"""What a topic truly holds, and doing to it what its owner might."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka import Message as Record
from confluent_kafka.admin import AdminClient, NewTopic


@dataclass(frozen=True)
class Message:
    """One committed message."""

    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    time: datetime
    canary: bool


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
        metadata = consumer.list_topics(topic, timeout=120).topics[topic]
        if metadata.error is not None:
            raise LookupError(f"topic {topic}: {metadata.error}")
        partitions = sorted(metadata.partitions)
        open_partitions = set()
        for partition in partitions:
            low, high = consumer.get_watermark_offsets(
                TopicPartition(topic, partition), timeout=120
            )
            if high > low:
                open_partitions.add(partition)
        consumer.assign([TopicPartition(topic, p, 0) for p in sorted(open_partitions)])
        found: list[Message] = []
        while open_partitions:
            for record in consumer.consume(10_000, timeout=0.2):
                if record.error() is not None:
                    if record.error().name() == "_PARTITION_EOF":
                        open_partitions.discard(record.partition())
                        continue
                    raise RuntimeError(str(record.error()))
                found.append(_message(record))
        return found
    finally:
        consumer.close()


def _message(record: Record) -> Message:
    headers = record.headers() or []
    return Message(
        record.partition(),
        record.offset(),
        record.key(),
        record.value(),
        datetime.fromtimestamp(record.timestamp()[1] / 1000, UTC),
        bool(headers) and headers[0][0] == "sluice-canary",
    )


def send(bootstrap: str, topic: str, partition: int, values: list[bytes]) -> None:
    """Send messages without keys to one partition of an existing topic."""
    refused: list[str] = []
    producer = Producer({"bootstrap.servers": bootstrap, "acks": "all"})
    for value in values:
        producer.produce(
            topic,
            value=value,
            partition=partition,
            on_delivery=lambda error, _: refused.append(str(error)) if error else None,
        )
    if producer.flush(60) or refused:
        raise RuntimeError(f"{topic}: the broker did not take all messages: {refused[:3]}")


def make_topic(bootstrap: str, topic: str, partitions: int) -> None:
    """Make a topic unless it is there, and wait until all its partitions have a leader."""
    admin = AdminClient({"bootstrap.servers": bootstrap})
    try:
        admin.create_topics([NewTopic(topic, partitions, 1)])[topic].result(120)
    except KafkaException as error:
        if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
            raise
    _until(lambda: _led(admin, topic) >= partitions, f"{topic} has no leaders")


def remove_topic(bootstrap: str, topic: str) -> None:
    """Delete a topic and wait until the broker knows it no more."""
    admin = AdminClient({"bootstrap.servers": bootstrap})
    admin.delete_topics([topic])[topic].result(120)
    _until(lambda: topic not in admin.list_topics(timeout=120).topics, f"{topic} is still there")


def delete_before(bootstrap: str, topic: str, partition: int, offset: int) -> None:
    """Let a partition begin at the offset, as if retention had passed what lay before it."""
    admin = AdminClient({"bootstrap.servers": bootstrap})
    place = TopicPartition(topic, partition, offset)
    admin.delete_records([place])[place].result(120)


def end_of(bootstrap: str, topic: str, partition: int) -> int:
    """The offset that the partition's next message will have."""
    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "sluice-oracle"})
    try:
        return consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=120)[1]
    finally:
        consumer.close()


def _led(admin: AdminClient, topic: str) -> int:
    found = admin.list_topics(timeout=120).topics.get(topic)
    return sum(p.leader >= 0 for p in found.partitions.values()) if found else 0


def _until(done: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + 300
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(otherwise)
        time.sleep(0.1)
