package dev.papertape.command.market.candle;

import dev.papertape.command.market.CandleSource;
import dev.papertape.command.quality.CandleJudge;
import dev.papertape.command.quality.ohlcv.CandlePolicy;
import dev.papertape.command.quality.ohlcv.GapPolicy;
import dev.papertape.command.quality.ohlcv.Quotes;
import dev.papertape.command.quality.ohlcv.StreamCandleJudge;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;

/**
 * The guards over live and back-filled minutes alike, with another venue's bars as the witness and
 * the stream's own book beside them. No bar is stale for them: what was fetched is late by its
 * nature.
 */
enum StreamJudges implements CandleJudges {
  INSTANCE;

  @Override
  public CandleJudge judge(
      Venue venue,
      CandleSource source,
      InstrumentRules rules,
      CandleHistory candles,
      Quotes quotes) {
    CandlePolicy policy =
        new CandlePolicy(
            Minutes.ONE,
            Duration.ZERO,
            source.tellsEveryMinute()
                ? GapPolicy.BAR_FOR_EVERY_INTERVAL
                : GapPolicy.NO_TRADE_NO_BAR,
            rules.tickSize(),
            CandlePolicy.USUAL_CLOCK_TOLERANCE,
            null);
    return new StreamCandleJudge(
        policy, openTime -> candles.elsewhere(venue, rules.symbol(), openTime), quotes);
  }
}
