package dev.sluice.stage.decode;

import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ProducerVersions;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * How the messages of each known version of a producer are read. The version is looked for before
 * anything else is read, because it may stand behind the fields that depend on it.
 */
final class ProducerPlans implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final boolean isHeader;
  private final HashMap<String, MessagePlan> byVersion = new HashMap<>();
  private final @Nullable String unversioned;

  ProducerPlans(ProducerVersions producers, DataContract contract) {
    this.place = producers.place();
    this.isHeader = producers.isHeader();
    this.unversioned = producers.unversioned().orElse(null);
    producers
        .known()
        .forEach(version -> byVersion.put(version, MessagePlan.ofVersion(contract, version)));
  }

  boolean isVersionField(String name) {
    return !isHeader && place.equals(name);
  }

  /** The field that holds the version; null when a header does. */
  @Nullable String field() {
    return isHeader ? null : place;
  }

  boolean isHeader() {
    return isHeader;
  }

  /**
   * The plan for a record of a version; null for one that names none.
   *
   * @throws Rejected UNKNOWN_VERSION when the contract does not know it
   */
  MessagePlan of(@Nullable String version) throws Rejected {
    String meant = version == null ? unversioned : version;
    MessagePlan plan = meant == null ? null : byVersion.get(meant);
    if (plan == null) {
      throw new Rejected(Reason.UNKNOWN_VERSION).within(place);
    }
    return plan;
  }

  /**
   * The plan for a message.
   *
   * @param in before the message's first token
   * @return null for what is no object, about which the reader has its own reason
   * @throws Rejected UNKNOWN_VERSION when the contract does not know the message's version
   */
  @Nullable MessagePlan of(Tokens in) throws IOException, Rejected {
    if (in.next() != JsonToken.START_OBJECT) {
      return null;
    }
    return of(version(in));
  }

  private @Nullable String version(Tokens in) throws IOException, Rejected {
    while (in.next() != JsonToken.END_OBJECT) {
      boolean found = isVersionField(in.name());
      JsonToken token = in.next();
      if (found && token != JsonToken.VALUE_NULL) {
        return text(in, token);
      }
      in.skip();
    }
    return unversioned;
  }

  /** What is neither text nor a whole number is no version that a contract knows. */
  private static String text(Tokens in, @Nullable JsonToken token) throws IOException, Rejected {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return Long.toString(in.wholeNumber());
    }
    return token == JsonToken.VALUE_STRING ? in.text() : "";
  }
}
