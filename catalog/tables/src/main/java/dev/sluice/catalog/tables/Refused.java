package dev.sluice.catalog.tables;

import org.apache.iceberg.exceptions.ValidationException;

/**
 * The guard did not let a commit through. Nothing was swapped; Iceberg and Spark delete the files
 * of the refused write and do not try again, because this is a {@link ValidationException}.
 */
public final class Refused extends ValidationException {
  private static final long serialVersionUID = 1L;

  /** What did not fit. */
  public enum Why {
    /** Every lane of the stamp has been taken up to its end: a replay. */
    ALREADY_TAKEN,
    /** Another writer has taken part of it, or the branch no longer starts from main. */
    LANE_MOVED_ON,
    /** The stamp starts beyond the head, so something between would be lost. */
    LANE_GAP,
    /** The writer read the head before a rewind. */
    STALE_EPOCH,
    /** The stamp's edition is not the next one. */
    EDITION,
    /** Somebody other than the guard changed what the guard keeps. */
    HEAD_TAMPERED,
    /** The change of the table is not one its contract allows. */
    CONTRACT,
    /** The table asks for encryption, which this catalog does not give. */
    KEY,
    /** The table would be replaced, renamed or dropped. */
    REPLACE,
    /** It cannot be shown what the commit would do: a stamp is unreadable or its source is gone. */
    UNPROVEN,
    /** Rows of a governed table would change without a stamp. */
    UNSTAMPED,
    /** The write was meant for an audit branch and arrived on main. */
    WRONG_BRANCH
  }

  private final Why why;

  Refused(Why why, String message) {
    super("%s", why + ": " + message);
    this.why = why;
  }

  Refused(Why why, String message, Throwable cause) {
    super(cause, "%s", why + ": " + message);
    this.why = why;
  }

  public Why why() {
    return why;
  }
}
