package dev.sluice.stage.decode;

/** Why a message could not be read as its contract says. The names are stored in quarantine. */
public enum Reason {
  /** No value at all: a Kafka tombstone. */
  TOMBSTONE,
  /** A value of no bytes. */
  EMPTY,
  /** Bytes that are not UTF-8, or text that no UTF-8 can hold (a lone surrogate). */
  NOT_UTF8,
  /** Not JSON by RFC 8259. */
  NOT_JSON,
  /** Nested deeper than the contract allows. */
  TOO_DEEP,
  /** More bytes than the contract allows. */
  TOO_LARGE,
  /** Written by a version of the producer that the contract does not know, or does not say. */
  UNKNOWN_VERSION,
  /** Not a CSV record by the contract's form: what follows a closing quote is no delimiter. */
  NOT_CSV,
  /** A CSV record with more or fewer fields than its header. */
  FIELD_COUNT,
  /** Bytes that are no Avro record of the schema they landed with. */
  NOT_AVRO,
  /** Bytes on which a reader failed in a way that has no other name here. */
  UNREADABLE,
  /** A field stands twice in one object, so that readers would disagree. */
  DUPLICATE_FIELD,
  /** Something follows the message. */
  TRAILING_DATA,
  /** JSON, but no object. */
  NOT_AN_OBJECT,
  /** A required field is absent or null. */
  MISSING_FIELD,
  /** A value of another JSON type than the contract says. */
  WRONG_TYPE,
  /** A number or time that the type, or the contract's bounds, cannot hold exactly. */
  OUT_OF_RANGE,
  /** Text that is no date or time of the contract's format. */
  BAD_TIME,
  /** An event time outside the contract's bounds; lateness alone never is. */
  TIME_OUT_OF_BOUNDS,
  /** Text that does not match the contract's pattern. */
  PATTERN,
  /** Text shorter or longer than the contract allows, in code points. */
  LENGTH,
  /** A value that is not among the contract's. */
  NOT_ALLOWED
}
