package dev.papertape.command.quality.ohlcv;

import dev.papertape.command.quality.ohlcv.Quotes.TopOfBook;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import org.jspecify.annotations.Nullable;

/** Best prices that stand still over five bars in which trades moved the price. */
final class FrozenQuotesRule {
  private static final int BARS = 5;

  private @Nullable TopOfBook standing;
  private int movedUnder;

  /** To be asked once for every bar, in order. */
  @Nullable Finding next(Bar bar, @Nullable TopOfBook quotes) {
    TopOfBook before = standing;
    standing = quotes;
    if (quotes == null || before == null || !isSame(before, quotes)) {
      movedUnder = 0;
    } else if (BarContent.isTraded(bar)) {
      movedUnder++;
    }
    return movedUnder >= BARS && quotes != null
        ? new Finding(
            QualityReason.FROZEN_QUOTES,
            "bid %s and ask %s unchanged over %d bars with trades at several prices"
                .formatted(quotes.bid().toPlainString(), quotes.ask().toPlainString(), movedUnder))
        : null;
  }

  private static boolean isSame(TopOfBook a, TopOfBook b) {
    return a.bid().compareTo(b.bid()) == 0 && a.ask().compareTo(b.ask()) == 0;
  }
}
