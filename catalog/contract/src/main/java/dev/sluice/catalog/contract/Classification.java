package dev.sluice.catalog.contract;

/** What a column says about people; every column has exactly one (ODCS {@code classification}). */
public enum Classification {
  /** Says nothing of a person: counts, flags. */
  OPEN,
  /** Identifies a thing or an event, not a person: an object id. */
  KEY,
  /** Can single a person out together with others: place, time, rare value. */
  QUASI,
  /** Must not be inferable about a person. */
  SENSITIVE,
  /** Identifies or directly relates to a person: plate, name, e-mail, free text. */
  PERSONAL
}
