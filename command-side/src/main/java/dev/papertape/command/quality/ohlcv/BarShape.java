package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules that need nothing but the bar: what no bar of any market can be. */
final class BarShape {
  private BarShape() {}

  /** Everything that makes the bar impossible; empty for a possible one. */
  static List<Finding> impossible(Bar bar, CandlePolicy policy, Instant receivedAt) {
    List<Finding> found = new ArrayList<>(0);
    Finding.add(found, nonPositive(bar));
    Finding.add(found, inconsistent(bar));
    Finding.add(found, negativeVolume(bar));
    Finding.add(found, misaligned(bar, policy));
    Finding.add(found, notFinal(bar, policy, receivedAt));
    return found;
  }

  static @Nullable Finding nonPositive(Bar bar) {
    boolean positive =
        bar.open().signum() > 0
            && bar.high().signum() > 0
            && bar.low().signum() > 0
            && bar.close().signum() > 0;
    return positive ? null : new Finding(QualityReason.NON_POSITIVE_PRICE, prices(bar));
  }

  static @Nullable Finding inconsistent(Bar bar) {
    boolean consistent =
        bar.high().compareTo(bar.open().max(bar.close())) >= 0
            && bar.low().compareTo(bar.open().min(bar.close())) <= 0;
    return consistent ? null : new Finding(QualityReason.OHLC_INCONSISTENT, prices(bar));
  }

  static @Nullable Finding negativeVolume(Bar bar) {
    return bar.volume().signum() >= 0
        ? null
        : new Finding(QualityReason.NEGATIVE_VOLUME, "volume " + bar.volume().toPlainString());
  }

  static @Nullable Finding misaligned(Bar bar, CandlePolicy policy) {
    long beyond =
        Math.floorMod(
            bar.openTime().toEpochMilli() - policy.gridOffset().toMillis(),
            policy.interval().toMillis());
    boolean wholeMillis = bar.openTime().getNano() % 1_000_000 == 0;
    return beyond == 0 && wholeMillis
        ? null
        : new Finding(
            QualityReason.MISALIGNED,
            "%d ms past the grid of %s".formatted(beyond, policy.interval()));
  }

  static @Nullable Finding notFinal(Bar bar, CandlePolicy policy, Instant receivedAt) {
    Duration early = Duration.between(receivedAt, bar.openTime().plus(policy.interval()));
    return early.compareTo(policy.clockTolerance()) <= 0
        ? null
        : new Finding(QualityReason.NOT_FINAL, "%d ms before its end".formatted(early.toMillis()));
  }

  static @Nullable Finding stale(Bar bar, CandlePolicy policy, Instant receivedAt) {
    Duration late = Duration.between(bar.openTime().plus(policy.interval()), receivedAt);
    return policy.staleAfter() == null || late.compareTo(policy.staleAfter()) <= 0
        ? null
        : new Finding(QualityReason.STALE, "%d ms after its end".formatted(late.toMillis()));
  }

  /**
   * The mean price lies between low and high, but for the rounding of its last digit. A
   * carried-forward bar has the mean 0 and is exempt.
   */
  static @Nullable Finding meanOutside(Bar bar) {
    BigDecimal mean = bar.vwap();
    if (mean == null || bar.isCarriedForward() || bar.volume().signum() == 0) {
      return null;
    }
    BigDecimal rounding = mean.ulp();
    boolean inside =
        mean.compareTo(bar.low().subtract(rounding)) >= 0
            && mean.compareTo(bar.high().add(rounding)) <= 0;
    return inside
        ? null
        : new Finding(
            QualityReason.OHLC_INCONSISTENT,
            "mean price %s of %s".formatted(mean.toPlainString(), prices(bar)));
  }

  private static String prices(Bar bar) {
    return "open %s high %s low %s close %s"
        .formatted(
            bar.open().toPlainString(),
            bar.high().toPlainString(),
            bar.low().toPlainString(),
            bar.close().toPlainString());
  }
}
