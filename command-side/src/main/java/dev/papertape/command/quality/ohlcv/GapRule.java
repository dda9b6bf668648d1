package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.quality.QualityReason;
import java.time.Duration;
import java.util.BitSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bars missing between two that came. Where the venue leaves out intervals without trades, n in a
 * row are an outage when p^n < 1e-7, p being the share of empty intervals among the trailing 240
 * (with Laplace's rule, so that it is never 0): a market that leaves out every third minute may be
 * silent for a quarter of an hour, one that trades in every minute may not.
 */
final class GapRule {
  private static final int WINDOW = 240;
  private static final int SETTLED = 60;
  private static final double LOG_IMPROBABLE = StrictMath.log(1e-7);

  private final GapPolicy policy;
  private final BitSet empty = new BitSet(WINDOW);
  private int next;
  private int known;

  GapRule(GapPolicy policy) {
    this.policy = policy;
  }

  /**
   * To be asked once for every bar, in order.
   *
   * @param missing intervals between this bar and the one before it, 0 or more
   */
  @Nullable Finding next(long missing, Duration interval) {
    boolean outage = missing > 0 && isOutage(missing);
    // A known outage says nothing about how often the market trades.
    for (long i = outage ? missing : 0; i < Math.min(missing, WINDOW); i++) {
      enter(true);
    }
    enter(false);
    return outage
        ? new Finding(
            QualityReason.MISSING_BARS,
            String.format(Locale.ROOT, "%d bars of %s missing before it", missing, interval))
        : null;
  }

  private boolean isOutage(long missing) {
    return switch (policy) {
      case BAR_FOR_EVERY_INTERVAL -> true;
      case NO_TRADE_NO_BAR ->
          known >= SETTLED
              && missing * StrictMath.log((empty.cardinality() + 1.0) / (known + 2.0))
                  < LOG_IMPROBABLE;
    };
  }

  private void enter(boolean isEmpty) {
    empty.set(next, isEmpty);
    next = (next + 1) % WINDOW;
    known = Math.min(known + 1, WINDOW);
  }
}
