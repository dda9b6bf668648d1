package dev.papertape.contracts.budget;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a call may be made. */
public sealed interface ReserveReply {

  /**
   * It may, once, and must be settled.
   *
   * @param costMicros the most that it can cost
   */
  record Granted(String reservationId, long costMicros) implements ReserveReply {}

  /**
   * It may not.
   *
   * @param detail one sentence
   * @param until when there is room again, null when that depends on calls under way or on people
   * @param written whether the log tells of it; else the caller must count it
   */
  record Denied(DenialReason reason, String detail, @Nullable Instant until, boolean written)
      implements ReserveReply {}
}
