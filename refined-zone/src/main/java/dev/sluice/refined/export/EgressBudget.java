package dev.sluice.refined.export;

import java.time.LocalDate;

/**
 * Meters the bytes that leave, for each exported table and UTC day. It decides whether an export
 * may send, never what has been exported. Safe for concurrent callers: two reservations that fit
 * only one at a time are not both granted.
 */
public interface EgressBudget {

  /**
   * Asks for room before anything leaves.
   *
   * @param table for example {@code city_refined.detections}
   * @param bytes size of the files that are to leave
   * @param limit bytes that may leave for this table on that day
   */
  Reservation reserve(String table, LocalDate day, long bytes, long limit);

  /**
   * Replaces a reservation by what was sent, retries included. A reservation that is never settled
   * (its run died) keeps counting as sent, since its bytes may have left.
   */
  void settle(Reservation.Granted reservation, long sent);

  /** The answer to {@link #reserve}. */
  sealed interface Reservation {
    /** The bytes are set aside under this id. */
    record Granted(String id, String table, LocalDate day, long bytes) implements Reservation {}

    /** Sent or reserved so far that day, and the limit. */
    record Refused(long taken, long limit) implements Reservation {}
  }
}
