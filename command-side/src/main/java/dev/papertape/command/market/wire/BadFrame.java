package dev.papertape.command.market.wire;

/** Leaves the nested descent of a frame that does not parse; never leaves a decoder. */
public final class BadFrame extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadFrame(String reason, int at) {
    // No stack trace: a flood of bad frames must stay cheap.
    super(reason + " at byte " + at, null, false, false);
  }
}
