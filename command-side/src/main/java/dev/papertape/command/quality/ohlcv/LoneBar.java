package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the guards say of one bar when the bars around it are gone. */
public final class LoneBar {
  private LoneBar() {}

  /** Why it can be no bar of any market. */
  public record Fault(QualityReason reason, String detail) {}

  /** The gravest fault, if any. */
  public static Optional<Fault> fault(Bar bar, Duration interval, Instant receivedAt) {
    List<Finding> found =
        BarShape.impossible(
            bar, CandlePolicy.history(interval, GapPolicy.NO_TRADE_NO_BAR), receivedAt);
    return found.stream().findFirst().map(first -> new Fault(first.reason(), first.detail()));
  }

  /** Whether the guard that gives this reason looks at nothing but the bar. */
  public static boolean isJudgedAlone(QualityReason reason) {
    return switch (reason) {
      case NON_POSITIVE_PRICE, OHLC_INCONSISTENT, NEGATIVE_VOLUME, MISALIGNED, NOT_FINAL -> true;
      default -> false;
    };
  }
}
