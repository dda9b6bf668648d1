package dev.papertape.command.quality.ohlcv;

import dev.papertape.command.quality.ohlcv.Quotes.TopOfBook;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import org.jspecify.annotations.Nullable;

/**
 * Best prices that stand still over five bars in which trades went through them. A bar that was
 * traded between them says nothing: in a market of wide ticks they may well stand for hours.
 */
final class FrozenQuotesRule {
  private static final int BARS = 5;

  private @Nullable TopOfBook standing;
  private int movedUnder;

  /**
   * To be asked once for every bar, in order.
   *
   * @param quotes at the bar's end, null while they are not known
   */
  @Nullable Finding next(Bar bar, @Nullable TopOfBook quotes) {
    TopOfBook before = standing;
    standing = quotes;
    if (quotes == null || before == null || !isSame(before, quotes)) {
      movedUnder = 0;
    } else if (BarContent.isTraded(bar) && isThrough(bar, quotes)) {
      movedUnder++;
    }
    return movedUnder >= BARS && quotes != null
        ? new Finding(
            QualityReason.FROZEN_QUOTES,
            "bid %s and ask %s unchanged since %s, over %d bars with trades beyond them"
                .formatted(
                    quotes.bid().toPlainString(),
                    quotes.ask().toPlainString(),
                    quotes.since(),
                    movedUnder))
        : null;
  }

  private static boolean isThrough(Bar bar, TopOfBook quotes) {
    return bar.low().compareTo(quotes.bid()) < 0 || bar.high().compareTo(quotes.ask()) > 0;
  }

  private static boolean isSame(TopOfBook a, TopOfBook b) {
    return a.bid().compareTo(b.bid()) == 0
        && a.ask().compareTo(b.ask()) == 0
        && a.since().equals(b.since());
  }
}
