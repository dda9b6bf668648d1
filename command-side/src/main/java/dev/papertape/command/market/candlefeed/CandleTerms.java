package dev.papertape.command.market.candlefeed;

import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueLatency;
import java.math.BigDecimal;

/**
 * What a backtest on candles assumes of trading, since no candle tells it.
 *
 * @param spreadBps from bid to ask, in bps of the price, &ge; 0
 * @param participation share of the previous bar's volume that is displayed, in (0, 1]
 * @param fees of every venue
 */
public record CandleTerms(double spreadBps, BigDecimal participation, VenueFees fees) {
  /** 5 bps between bid and ask, 2.5 % of the volume, 10 bps for taking. */
  public static final CandleTerms DEFAULT =
      new CandleTerms(5, new BigDecimal("0.025"), new VenueFees(10, 10));

  /**
   * From the decision at a bar's close, which is a millisecond before the next one's open is known:
   * a leg arrives after that.
   */
  static final VenueLatency LATENCY = new VenueLatency(0, 2, 0);

  public CandleTerms {
    if (!(spreadBps >= 0) || spreadBps >= 10_000) {
      throw new IllegalArgumentException("a spread is 0 to 10000 bps, not " + spreadBps);
    }
    if (participation.signum() <= 0 || participation.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("participation is in (0, 1], not " + participation);
    }
  }

  /** As reports and events name it. */
  public String method() {
    return "candles: one level a side at the bar's open -/+ %s bps, %s of the previous bar's volume; decided at the close, filled at the next open plus volume-share slippage"
        .formatted(plain(spreadBps / 2), participation.toPlainString());
  }

  private static String plain(double bps) {
    return BigDecimal.valueOf(bps).stripTrailingZeros().toPlainString();
  }
}
