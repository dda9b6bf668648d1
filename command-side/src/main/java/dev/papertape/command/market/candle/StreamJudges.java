package dev.papertape.command.market.candle;

import dev.papertape.command.quality.CandleJudge;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Venue;
import java.util.List;

/** Judges of live candles. */
enum StreamJudges implements CandleJudges {
  INSTANCE;

  @Override
  public CandleJudge judge(Venue venue, InstrumentRules rules, CandleHistory candles) {
    return (Bar bar, java.time.Instant receivedAt) ->
        List.of(new CandleJudge.Judgement(bar, CandleJudge.Outcome.PASSED, List.of(), ""));
  }
}
