package dev.papertape.command.market.candle;

import dev.papertape.command.market.CandleSource;
import dev.papertape.command.quality.CandleJudge;
import dev.papertape.command.quality.ohlcv.Quotes;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Venue;

/** Makes the judge of one stream's one-minute candles. */
@FunctionalInterface
public interface CandleJudges {
  CandleJudge judge(
      Venue venue,
      CandleSource source,
      InstrumentRules rules,
      CandleHistory candles,
      Quotes quotes);
}
