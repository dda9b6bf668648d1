package dev.papertape.contracts.budget;

/**
 * Calls since the provider was registered.
 *
 * @param ok answered as asked
 * @param failed answered otherwise, or not at all
 * @param timedOut no whole answer in time
 * @param denied not made, because the ledger did not allow it
 * @param expired reserved and never settled
 */
public record CallCounts(long ok, long failed, long timedOut, long denied, long expired) {
  static final CallCounts NONE = new CallCounts(0, 0, 0, 0, 0);

  CallCounts settled(CallOutcome outcome, boolean late) {
    long stillExpired = late ? expired - 1 : expired;
    return switch (outcome) {
      case OK -> new CallCounts(ok + 1, failed, timedOut, denied, stillExpired);
      case TIMED_OUT -> new CallCounts(ok, failed, timedOut + 1, denied, stillExpired);
      case REFUSED, LIMITED, FAILED, CANCELLED, UNKNOWN ->
          new CallCounts(ok, failed + 1, timedOut, denied, stillExpired);
    };
  }

  CallCounts denied(long count) {
    return new CallCounts(ok, failed, timedOut, Math.addExact(denied, count), expired);
  }

  CallCounts expiredOne() {
    return new CallCounts(ok, failed, timedOut, denied, expired + 1);
  }

  /** Sums. */
  public CallCounts plus(CallCounts other) {
    return new CallCounts(
        ok + other.ok,
        failed + other.failed,
        timedOut + other.timedOut,
        denied + other.denied,
        expired + other.expired);
  }
}
