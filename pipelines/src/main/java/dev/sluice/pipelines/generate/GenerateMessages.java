package dev.sluice.pipelines.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.contract.DataContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A stream of messages as a real source would send them: in the order of their times with a little
 * jitter, some late, some sent again, some broken. The same contract and options give the same
 * bytes, on every machine.
 */
public final class GenerateMessages implements Iterator<GeneratedMessage> {
  private static final Duration JITTER = Duration.ofSeconds(20);

  private final GenerateOptions options;
  private final MakeEvent events;
  private final BreakEvent broken;
  private final SplittableRandom random;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::due).thenComparing(Waiting::number));
  private long sent;
  private long made;

  public GenerateMessages(DataContract contract, GenerateOptions options) {
    this.options = options;
    this.random = new SplittableRandom(options.seed());
    this.events = new MakeEvent(contract, options.seed());
    this.broken = new BreakEvent(contract);
  }

  private record Waiting(long due, long number, GeneratedMessage message) {}

  @Override
  public boolean hasNext() {
    return sent < options.rows();
  }

  @Override
  public GeneratedMessage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    while (true) {
      Waiting first = waiting.peek();
      boolean full = sent + waiting.size() >= options.rows();
      if (first != null && (full || first.due() <= sent)) {
        waiting.remove();
        sent++;
        return first.message();
      }
      make();
    }
  }

  /** Makes one event and queues what becomes of it; there is room for at least one message. */
  private void make() {
    ObjectNode event = events.next(time(), random);
    byte[] bytes = event.toString().getBytes(StandardCharsets.UTF_8);
    boolean roomForTwo = sent + waiting.size() + 2 <= options.rows();
    double share = random.nextDouble();
    if ((share -= options.broken()) < 0) {
      queue(0, broken.apply(event, random));
    } else if ((share -= options.late()) < 0) {
      queue(options.rows() / 10, new GeneratedMessage(bytes, "late"));
    } else if ((share -= options.resent()) < 0 && roomForTwo) {
      queue(0, new GeneratedMessage(bytes, "good"));
      queue(2_000, new GeneratedMessage(bytes, "resend"));
    } else if ((share -= options.conflicting()) < 0
        && share >= -options.conflicting()
        && roomForTwo) {
      byte[] other = broken.conflicting(event, random).toString().getBytes(StandardCharsets.UTF_8);
      queue(0, new GeneratedMessage(bytes, "good"));
      queue(2_000, new GeneratedMessage(other, "conflict"));
    } else {
      queue(0, new GeneratedMessage(bytes, "good"));
    }
  }

  private void queue(long within, GeneratedMessage message) {
    long delay = within <= 1 ? within : 1 + random.nextLong(within);
    waiting.add(new Waiting(sent + delay, made++, message));
  }

  private Instant time() {
    double done = Math.min(1.0, (double) sent / Math.max(1, options.rows()));
    long back = (long) (options.span().toMillis() * (1 - done));
    return options.until().minusMillis(back + random.nextLong(JITTER.toMillis()) + 1);
  }
}
