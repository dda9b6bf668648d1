package dev.papertape.command.alpha;

/**
 * Two thresholds instead of one (Schmitt trigger): a wish begins at the outer one and stays until
 * the strength falls back through the inner one, so that noise around one threshold does not trade.
 */
final class Hysteresis {
  private Hysteresis() {}

  /**
   * @param strength signed
   * @param enter strength at which a wish begins
   * @param exit strength at which it ends, below {@code enter}
   * @param previous the wish before
   * @return −1, 0, 1, or {@code previous}
   */
  static double wish(double strength, double enter, double exit, double previous) {
    if (Math.abs(strength) >= enter) {
      return Math.signum(strength);
    }
    boolean stillTrue = previous * strength > 0 && Math.abs(strength) > exit;
    return stillTrue ? previous : 0.0;
  }
}
