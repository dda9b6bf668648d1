package dev.papertape.command.market.binance;

/** Leaves the nested descent of a frame that does not parse; never leaves this package. */
final class BadFrame extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadFrame(String reason, int at) {
    // No stack trace: a flood of bad frames must stay cheap.
    super(reason + " at byte " + at, null, false, false);
  }
}
