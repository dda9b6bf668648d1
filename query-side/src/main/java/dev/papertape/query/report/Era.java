package dev.papertape.query.report;

/**
 * A stretch of the log in which feed time went forwards.
 *
 * @param number 1 and on; 0 before any feed time
 * @param firstPosition of its first event with a feed time
 * @param firstSecond feed time of that event
 * @param newestSecond feed time of its newest event
 */
record Era(long number, long firstPosition, long firstSecond, long newestSecond) {
  static final Era BEFORE_ALL = new Era(0, 0, Long.MIN_VALUE >> 11, Long.MIN_VALUE >> 11);

  /** A clock that was set back by no more than this begins no era; what comes is put at its end. */
  private static final long TOLERATED_SECONDS = 60;

  /** The same, gone on; or the next one, when time went back. */
  Era at(long position, long second) {
    if (number == 0 || second < newestSecond - TOLERATED_SECONDS) {
      return new Era(number + 1, position, second, second);
    }
    return second <= newestSecond ? this : new Era(number, firstPosition, firstSecond, second);
  }
}
