package dev.sluice.stage.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.sluice.stage.decode.MessagePlan.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads messages one after the other. One instance for each task; not thread-safe. */
public final class DecodeMessage {
  static final int MAX_NUMBER_LENGTH = 1000;

  private final MessagePlan plan;

  /** For the message that is being read: of its version where the contract tells them apart. */
  private MessagePlan ofMessage;

  private final JsonFactory factory;
  private final Utf8 utf8 = new Utf8();
  private final UnknownNames unknown = new UnknownNames();
  private final Set<String> seen = new HashSet<>();

  public DecodeMessage(MessagePlan plan) {
    this.plan = plan;
    this.ofMessage = plan;
    this.factory =
        JsonFactory.builder()
            // JSON is UTF-8; guessing UTF-16 would read what other readers refuse
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(plan.maxDepth + 1)
                    .maxStringLength(plan.maxMessageBytes)
                    .maxNameLength(plan.maxMessageBytes)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();
  }

  /**
   * What the bytes say. Never throws because of them.
   *
   * @param value the message as it landed; null for a tombstone
   * @param arrived when it landed, in microseconds since 1970
   */
  public Decoded decode(byte @Nullable [] value, long arrived) {
    return decode(value, null, arrived);
  }

  /**
   * The same for a message whose record has a header that tells its producer's version.
   *
   * @param version what the header holds; null when it is not there
   */
  public Decoded decode(byte @Nullable [] value, byte @Nullable [] version, long arrived) {
    return decode(value, version, arrived, this::read, true);
  }

  /** The same for bytes that are no JSON message but are read by {@code form}. */
  Decoded decode(byte @Nullable [] value, long arrived, ReadRecord form, boolean isText) {
    return decode(value, null, arrived, form, isText);
  }

  private Decoded decode(
      byte @Nullable [] value,
      byte @Nullable [] version,
      long arrived,
      ReadRecord form,
      boolean isText) {
    unknown.startMessage();
    ofMessage = plan;
    @Nullable Object[] values = new Object[plan.columns()];
    try {
      byte[] bytes = checked(value, isText);
      if (plan.producers != null && plan.producers.isHeader()) {
        choose(version == null ? null : new String(version, StandardCharsets.UTF_8));
      }
      readBy(form, bytes, values);
      requireAll(values);
      checkEventTime(values, arrived);
      return new Decoded(values, Optional.empty(), Optional.empty(), unknown.ofMessage());
    } catch (Rejected rejected) {
      return aside(rejected.reason(), rejected.field());
    } catch (StreamConstraintsException e) {
      // depth and size have been looked at already: what is left is a number of absurd length
      return aside(Reason.OUT_OF_RANGE, Optional.empty());
    } catch (IOException e) {
      return aside(Reason.NOT_JSON, Optional.empty());
    }
  }

  /** Whatever else a reader fails with comes of these bytes, and others are to be read after. */
  private static void readBy(ReadRecord form, byte[] bytes, @Nullable Object[] values)
      throws IOException, Rejected {
    try {
      form.read(bytes, values);
    } catch (RuntimeException | StackOverflowError e) {
      throw new Rejected(Reason.UNREADABLE);
    }
  }

  /** How the bytes of a record become values. */
  interface ReadRecord {
    void read(byte[] bytes, @Nullable Object[] values) throws IOException, Rejected;
  }

  MessagePlan plan() {
    return plan;
  }

  /** Where the version of a record's producer stands; null when the contract tells none apart. */
  @Nullable String versionField() {
    return plan.producers == null ? null : plan.producers.field();
  }

  /** Reads the rest of the record as that version's; null for a record that names none. */
  void choose(@Nullable String version) throws Rejected {
    if (plan.producers != null) {
      ofMessage = plan.producers.of(version);
    }
  }

  /** What is read from a field; null, and counted, for one that the contract does not know. */
  @Nullable List<Target> targets(String field) {
    List<Target> targets = ofMessage.targets.get(field);
    if (targets == null && !field.equals(versionField())) {
      unknown.add("", field);
    }
    return targets;
  }

  /** Counts a part of an object, unless another column reads it. */
  void passedOver(String object, String part) {
    if (!ofMessage.parts.contains(object + "." + part)) {
      unknown.add(object + ".", part);
    }
  }

  private JsonTokens tokens(JsonParser parser) {
    return new JsonTokens(parser, plan.maxDepth, this::passedOver);
  }

  /** Tokens of a JSON text that stands inside another form. */
  Tokens json(String text) throws IOException {
    return tokens(factory.createParser(text));
  }

  private Decoded aside(Reason reason, Optional<String> field) {
    return new Decoded(new Object[plan.columns()], Optional.of(reason), field, unknown.ofMessage());
  }

  private byte[] checked(byte @Nullable [] value, boolean isText) throws Rejected {
    if (value == null) {
      throw new Rejected(Reason.TOMBSTONE);
    }
    if (value.length == 0) {
      throw new Rejected(Reason.EMPTY);
    }
    if (value.length > plan.maxMessageBytes) {
      throw new Rejected(Reason.TOO_LARGE);
    }
    if (isText && !utf8.isValid(value)) {
      throw new Rejected(Reason.NOT_UTF8);
    }
    return value;
  }

  private void read(byte[] bytes, @Nullable Object[] values) throws IOException, Rejected {
    chooseVersion(bytes);
    try (JsonParser parser = factory.createParser(bytes)) {
      JsonTokens in = tokens(parser);
      JsonToken first = in.next();
      if (first == null) {
        throw new Rejected(Reason.NOT_JSON); // white space only
      }
      if (first != JsonToken.START_OBJECT) {
        in.skip();
        throw new Rejected(Reason.NOT_AN_OBJECT);
      }
      readFields(in, bytes, values);
      refuseTrailing(in);
    }
  }

  private void chooseVersion(byte[] bytes) throws IOException, Rejected {
    if (plan.producers == null || plan.producers.isHeader()) {
      return;
    }
    try (JsonParser parser = factory.createParser(bytes)) {
      MessagePlan found = plan.producers.of(tokens(parser));
      ofMessage = found == null ? plan : found;
    }
  }

  private void readFields(JsonTokens in, byte[] bytes, @Nullable Object[] values)
      throws IOException, Rejected {
    seen.clear();
    while (in.next() != JsonToken.END_OBJECT) {
      String name = in.name();
      List<Target> targets = ofMessage.targets.get(name);
      if (!seen.add(name)) {
        Rejected twice = new Rejected(Reason.DUPLICATE_FIELD);
        throw targets == null ? twice : twice.within(name);
      }
      JsonToken token = in.next();
      if (targets == null) {
        if (plan.producers == null || !plan.producers.isVersionField(name)) {
          unknown.add("", name);
        }
        in.skip();
      } else if (token != JsonToken.VALUE_NULL) {
        readTargets(in, bytes, targets, values);
      }
    }
  }

  private void readTargets(
      JsonTokens in, byte[] bytes, List<Target> targets, @Nullable Object[] values)
      throws IOException, Rejected {
    int last = targets.size() - 1;
    for (int i = 0; i < last; i++) {
      put(values, targets.get(i), readAhead(in, bytes, targets.get(i)));
    }
    put(values, targets.get(last), readTarget(in, targets.get(last)));
  }

  /** A column of several names is there once, or readers would disagree. */
  static void put(@Nullable Object[] values, Target target, Object value) throws Rejected {
    if (values[target.column()] != null) {
      throw new Rejected(Reason.DUPLICATE_FIELD).within(target.field());
    }
    values[target.column()] = value;
  }

  /** Reads a value that another column will read too: lists and objects from a parser apart. */
  private Object readAhead(JsonTokens in, byte[] bytes, Target target)
      throws IOException, Rejected {
    JsonToken token = in.current();
    if (token == null || !token.isStructStart()) {
      return readTarget(in, target);
    }
    int start = in.offset();
    try (JsonParser again = factory.createParser(bytes, start, bytes.length - start)) {
      Tokens same = tokens(again);
      same.next();
      return readTarget(same, target);
    }
  }

  static Object readTarget(Tokens in, Target target) throws IOException, Rejected {
    try {
      Object value = target.reader().read(in);
      for (CheckValue check : target.checks()) {
        check.check(value);
      }
      return value;
    } catch (Rejected rejected) {
      throw rejected.within(target.field());
    }
  }

  private static void refuseTrailing(Tokens in) throws Rejected {
    try {
      if (in.next() == null) {
        return;
      }
    } catch (IOException e) {
      // what follows is not even JSON
    }
    throw new Rejected(Reason.TRAILING_DATA);
  }

  private void requireAll(@Nullable Object[] values) throws Rejected {
    for (int i = 0; i < values.length; i++) {
      if (ofMessage.required[i] && values[i] == null) {
        throw new Rejected(Reason.MISSING_FIELD).within(plan.fields[i]);
      }
    }
  }

  private void checkEventTime(@Nullable Object[] values, long arrived) throws Rejected {
    long event = micros(values[plan.eventTimeColumn]);
    if (event < plan.earliestMicros || event - plan.latestAfterArrivalMicros > arrived) {
      throw new Rejected(Reason.TIME_OUT_OF_BOUNDS).within(plan.fields[plan.eventTimeColumn]);
    }
  }

  private static long micros(@Nullable Object time) {
    if (time instanceof Instant instant) {
      return MessagePlan.micros(instant);
    }
    if (time instanceof LocalDateTime local) {
      return MessagePlan.micros(local.toInstant(ZoneOffset.UTC));
    }
    if (time instanceof LocalDate date) {
      return date.toEpochDay() * 86_400_000_000L;
    }
    throw new IllegalStateException("An event time is a date or a timestamp; correct the contract");
  }
}
