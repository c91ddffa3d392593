package dev.sluice.stage;

/**
 * Columns of rows on their way to stage, beside the contract's own. None of a contract's starts
 * with an underscore.
 */
final class Columns {
  static final String RAW_EDITION = "_raw_edition";
  static final String LANE = "_lane";
  static final String SEQUENCE = "_sequence";
  static final String CONTRACT_VERSION = "_contract_version";

  /** Bytes of the value; 0 for none. */
  static final String SIZE = "_size";

  /** The value as landed; gone before anything is kept or shuffled. */
  static final String VALUE = "_value";

  /** Why the row is set aside; null while it is good. */
  static final String REASON = "_reason";

  static final String FIELD = "_field";

  /** Names of fields that the contract does not know; null when there are none. */
  static final String UNKNOWN = "_unknown";

  /** The sealed value of a row that is set aside. */
  static final String PAYLOAD = "_payload";

  /** Event time in microseconds since 1970. */
  static final String AT = "_at";

  /** Hash of the business key; null when a part of the key is. */
  static final String KEY = "_key";

  private Columns() {}
}
