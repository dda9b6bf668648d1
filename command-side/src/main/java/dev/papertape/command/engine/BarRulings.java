package dev.papertape.command.engine;

import dev.papertape.command.engine.EngineCommand.DropBar;
import dev.papertape.command.engine.EngineCommand.UseBar;
import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.quality.CandleJudge;
import dev.papertape.command.quality.QuarantineDesk;
import dev.papertape.command.regime.RegimeWatch;
import dev.papertape.contracts.market.CandleOrigin;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;

/**
 * Judged bars on their way into store, features and regimes: the guards' verdicts, and operators'
 * rulings, which outweigh them. Owned by the engine's thread.
 */
final class BarRulings {
  private final QuarantineDesk quarantine;
  private final CandleArchive.Writing candles;
  private final OnlineFeatures features;
  private final RegimeWatch regimes;
  private final DecidedCandles decided = new DecidedCandles();

  BarRulings(
      QuarantineDesk quarantine,
      CandleArchive.Writing candles,
      OnlineFeatures features,
      RegimeWatch regimes) {
    this.quarantine = quarantine;
    this.candles = candles;
    this.features = features;
    this.regimes = regimes;
  }

  void use(UseBar bar, Instant feedTime) {
    decided.add(bar.candle());
    quarantine.decided(bar.quarantineId());
    JudgedCandle released = judged(bar, CandleJudge.Outcome.RELEASED, feedTime);
    candles.judged(released);
    // Where other figures have taken its place meanwhile, a ruling alone finds no row.
    candles.judged(judged(bar, CandleJudge.Outcome.FLAGGED, feedTime));
    features.candle(released);
    regimes.candle(released);
    bar.used().complete(null);
  }

  void drop(DropBar bar) {
    decided.add(bar.candle());
    quarantine.decided(bar.quarantineId());
    bar.dropped().complete(null);
  }

  /** The guards' verdict. */
  void judged(JudgedCandle candle) {
    quarantine.judged(candle);
    if (decided.outweighs(candle)) {
      return;
    }
    candles.judged(candle);
    features.candle(candle);
    regimes.candle(candle);
  }

  void covered(Venue venue, Symbol symbol, Instant from, Instant to) {
    candles.covered(venue, symbol, from, to);
  }

  private static JudgedCandle judged(UseBar bar, CandleJudge.Outcome outcome, Instant feedTime) {
    return new JudgedCandle(
        bar.candle(), CandleOrigin.STREAM, outcome, bar.reasons(), bar.detail(), feedTime);
  }
}
