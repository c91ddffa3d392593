package dev.sluice.stage.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.sluice.stage.decode.Fields.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
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
  private final ReadFields fields = new ReadFields();

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
  @Nullable Field field(String name) {
    Field field = ofMessage.message.get(name);
    if (field == null) {
      passedOver("", name);
    }
    return field;
  }

  /**
   * Counts a field or a part of an object, unless another column reads it.
   *
   * @param object the names that lead to it, with dots; empty for a field of the message
   */
  void passedOver(String object, String part) {
    if (object.isEmpty()) {
      if (!part.equals(versionField())) {
        unknown.add("", part);
      }
    } else if (!ofMessage.parts.contains(object + "." + part)) {
      unknown.add(object + ".", part);
    }
  }

  /** Tokens of a JSON text that stands inside another form. */
  JsonTokens json(String text) throws IOException {
    return json(text.getBytes(StandardCharsets.UTF_8));
  }

  private JsonTokens json(byte[] text) throws IOException {
    return new JsonTokens(factory, text, plan.maxDepth, this::passedOver);
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
    try (JsonTokens in = json(bytes)) {
      JsonToken first = in.next();
      if (first == null) {
        throw new Rejected(Reason.NOT_JSON); // white space only
      }
      if (first != JsonToken.START_OBJECT) {
        in.skip();
        throw new Rejected(Reason.NOT_AN_OBJECT);
      }
      fields.read(in, ofMessage.message, values);
      refuseTrailing(in);
    }
  }

  private void chooseVersion(byte[] bytes) throws IOException, Rejected {
    if (plan.producers == null || plan.producers.isHeader()) {
      return;
    }
    try (JsonTokens in = json(bytes)) {
      MessagePlan found = plan.producers.of(in);
      ofMessage = found == null ? plan : found;
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
