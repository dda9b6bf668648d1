package dev.papertape.query.report;

/** How long a roll-up's row is. */
enum Resolution {
  /** Kept for two hours of feed time. */
  SECOND(1),
  MINUTE(60),
  HOUR(3_600),
  DAY(86_400);

  private final long seconds;

  Resolution(long seconds) {
    this.seconds = seconds;
  }

  long seconds() {
    return seconds;
  }

  /** Start of the row that holds this epoch second. */
  long start(long second) {
    return Math.floorDiv(second, seconds) * seconds;
  }
}
