package dev.papertape.command.market.candle;

import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.quality.CandleJudge;
import dev.papertape.command.quality.ohlcv.LoneBar;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.CandleOrigin;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has one stream's bars judged and counted, tells what came of it, and remembers the usable. */
final class JudgedBars {
  private final Venue venue;
  private final Symbol symbol;
  private final CandleJudge judge;
  private final CandleCounts counts;
  private final RecentBars recent = new RecentBars();

  JudgedBars(Venue venue, Symbol symbol, CandleJudge judge, CandleCounts counts) {
    this.venue = venue;
    this.symbol = symbol;
    this.judge = judge;
    this.counts = counts;
  }

  /** What an earlier life used, oldest first. */
  void recall(List<Bar> used) {
    for (Bar bar : used) {
      judge.judge(bar, Minutes.after(bar.openTime()));
      judge.settleHeld(); // It was used, whoever confirmed it then.
      recent.add(bar);
    }
  }

  /** The usable bar of this minute, if it is one of the newest. */
  @Nullable Bar at(Instant openTime) {
    return recent.at(openTime);
  }

  boolean isEmpty() {
    return recent.isEmpty();
  }

  void next(Bar bar, CandleOrigin origin, Instant now, Listener listener) {
    if (!Minutes.isPlausible(bar.openTime())) {
      counts.malformed("a bar that opens at " + bar.openTime(), now, listener);
      return;
    }
    for (CandleJudge.Judgement each : judge.judge(bar, now)) {
      counts.judged(each, now, listener);
      if (isImpossible(each) && recent.isKnown(each.bar().openTime())) {
        continue; // Quarantine has it; the minute keeps the bar that it has.
      }
      switch (each.outcome()) {
        case PASSED, FLAGGED, RELEASED -> recent.add(each.bar());
        case QUARANTINED -> {
          if (!isImpossible(each)) {
            recent.held(each.bar().openTime());
          }
        }
        case REJECTED, CONDEMNED -> {}
      }
      listener.candleJudged(
          new JudgedCandle(
              new Candle(venue, symbol, CandleInterval.ONE_MINUTE, each.bar()),
              origin,
              each.outcome(),
              each.reasons(),
              each.detail(),
              now));
    }
  }

  private static boolean isImpossible(CandleJudge.Judgement judgement) {
    return judgement.outcome() == CandleJudge.Outcome.QUARANTINED
        && !judgement.reasons().isEmpty()
        && LoneBar.isJudgedAlone(judgement.reasons().getFirst());
  }
}
