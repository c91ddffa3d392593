package dev.sluice.catalog.tables;

/**
 * The guard's rules. All are in force; only tests of this package can leave one out, to show what
 * it prevents.
 */
enum Rule {
  /** Main moves to descendants only. */
  FORWARD_ONLY,
  /** What comes to main can be read: stamps, and the sources of picked snapshots. */
  PROVEN,
  /** Each lane is taken from where the head stands. */
  COMPARE_AND_SET,
  /** Each stamped commit is the next edition. */
  EDITION,
  /** Writers from before a rewind are recognised. */
  EPOCH,
  /** Rows of governed tables change only with a stamp. */
  STAMPED,
  /** What was meant for an audit branch does not arrive on main. */
  BRANCH,
  /** Only the guard changes what it keeps in properties. */
  OWN_PROPERTIES,
  /** Columns and layout change only together with the contract's version, and only additively. */
  CONTRACT,
  /** No table asks for encryption that it would not get. */
  KEY,
  /** A table with a head is not replaced. */
  REPLACE,
  /** Governed tables are neither dropped nor renamed, which commits do not show. */
  KEPT,
  /** Foreign metadata is not registered under a table's name. */
  REGISTER,
  /** Lost answers to swaps are looked up before anything is done again. */
  LOST_ANSWERS
}
