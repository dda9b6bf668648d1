package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The judged venue A beside a second one B: |log(A/B) − its trailing 30-bar median| ≤ 5 % over
 * equal spans is agreement. Source: market-wire.md, "Spike"; over the shared files it singles out
 * the 5,200 print (35 %) among the spikes, the next largest being 448 bps.
 */
final class VenueComparison {
  private static final double AGREEMENT = 0.05;
  private static final int WINDOW = 30;

  /** With fewer bars in common the usual distance of the two venues is not known. */
  private static final int SETTLED = 5;

  private final TrailingSample ratios = new TrailingSample(WINDOW);

  /** What the second venue says of a spike. */
  enum Witness {
    CONFIRMS,
    DENIES,
    /** It has no bar of that span, or none to compare with, or it says nothing of a wick. */
    SILENT
  }

  /**
   * @param closeBps |log(A/B) − median| of the close, in bps
   */
  record Answer(Witness witness, double closeBps) {}

  /**
   * The close decides where it is a spike; else the wicks confirm where B has them too, and prove
   * nothing where it has not: venues do part for minutes.
   */
  Answer ask(Spike spike, @Nullable Bar other) {
    if (other == null || !isComparable(other)) {
      return new Answer(Witness.SILENT, Double.NaN);
    }
    Bar bar = spike.bar();
    double close = deviation(bar.close(), other.close());
    boolean closeAgrees = close <= AGREEMENT;
    boolean wicksAgree =
        deviation(bar.open(), other.open()) <= AGREEMENT
            && deviation(bar.high(), other.high()) <= AGREEMENT
            && deviation(bar.low(), other.low()) <= AGREEMENT;
    Witness witness;
    if (spike.inClose() && !closeAgrees) {
      witness = Witness.DENIES;
    } else {
      boolean explained =
          wicksAgree || (spike.inClose() && spike.wicksAreNear(bar.close().doubleValue()));
      witness = closeAgrees && explained ? Witness.CONFIRMS : Witness.SILENT;
    }
    return new Answer(witness, close * 1e4);
  }

  /** A bar that is no spike, yet far from where the second venue stands. */
  @Nullable Finding deviation(Bar bar, @Nullable Bar other) {
    if (other == null || !isComparable(other)) {
      return null;
    }
    double close = deviation(bar.close(), other.close());
    return close <= AGREEMENT
        ? null
        : new Finding(
            QualityReason.CROSS_VENUE_DEVIATION,
            String.format(
                Locale.ROOT,
                "close %s, second venue %s: %.0f bps beyond their usual distance",
                bar.close().toPlainString(),
                other.close().toPlainString(),
                close * 1e4));
  }

  /** A bar that is used enters the usual distance. */
  void accept(Bar bar, @Nullable Bar other) {
    if (other != null && other.close().signum() > 0) {
      ratios.add(logRatio(bar.close(), other.close()));
    }
  }

  private boolean isComparable(Bar other) {
    return ratios.size() >= SETTLED
        && other.open().signum() > 0
        && other.high().signum() > 0
        && other.low().signum() > 0
        && other.close().signum() > 0;
  }

  private double deviation(BigDecimal ours, BigDecimal theirs) {
    return Math.abs(logRatio(ours, theirs) - ratios.median());
  }

  private static double logRatio(BigDecimal ours, BigDecimal theirs) {
    return StrictMath.log(ours.doubleValue() / theirs.doubleValue());
  }
}
