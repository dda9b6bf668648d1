package dev.papertape.eventstore.append;

/** As {@link LostConnectionIT}, of a process that was alone for so long that it does not look. */
class LostConnectionUnseenIT extends LostConnectionIT {
  @Override
  int eventsBefore() {
    return 20;
  }

  /** Its COMMIT went out with everything else. */
  @Override
  Class<?> failureUnderWay() {
    return AppendFailure.OutcomeUnknown.class;
  }
}
