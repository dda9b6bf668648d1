package dev.papertape.command.quality;

import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.candle.CandleCounts;
import dev.papertape.command.quality.CandleJudge.Judgement;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.RawEncoding;
import dev.papertape.contracts.quality.ReleasedBy;
import dev.papertape.contracts.quality.StreamState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a {@link CandleJudge} said of one stream's bars and tells the engine of those held,
 * released and condemned.
 */
public final class BarLedger implements CandleCounts {
  /** What a judge says when another venue's bar settled the case. */
  private static final String SECOND_VENUE = "the second venue";

  private final Venue venue;
  private final Symbol symbol;
  private final QualityPolicy policy;
  private final StreamTally tally;

  public BarLedger(Venue venue, Symbol symbol, QualityPolicy policy) {
    this.venue = venue;
    this.symbol = symbol;
    this.policy = policy;
    this.tally = new StreamTally(symbol, Channel.OHLCV);
  }

  public StreamTally tally() {
    return tally;
  }

  public StreamState state(Instant feedTime) {
    return tally.state(feedTime, policy.barsStaleAfter(), policy.flaggedFor());
  }

  @Override
  public void gap() {
    tally.gap();
  }

  @Override
  public void malformed(String row, Instant at, Listener listener) {
    tally.received(at);
    tally.quarantined(QualityReason.SCHEMA, at);
    listener.noted(
        new QualityNote.Held(
            held(QualityReason.SCHEMA, row, RawEncoding.WIRE, RawText.of(row), at, null)));
  }

  @Override
  public void judged(Judgement judgement, Instant at, Listener listener) {
    Bar bar = judgement.bar();
    switch (judgement.outcome()) {
      case PASSED -> {
        tally.received(at);
        tally.accepted();
      }
      case FLAGGED -> {
        tally.received(at);
        tally.accepted();
        tally.flagged(gravest(judgement), at);
      }
      case REJECTED -> {
        tally.received(at);
        tally.rejected(gravest(judgement));
      }
      case QUARANTINED -> {
        tally.received(at);
        tally.quarantined(gravest(judgement), at);
        listener.noted(
            new QualityNote.Held(
                held(
                    gravest(judgement),
                    judgement.detail(),
                    RawEncoding.DECODED,
                    BarText.of(bar, symbol),
                    at,
                    bar.openTime())));
      }
      case RELEASED ->
          listener.noted(
              new QualityNote.BarReleased(
                  venue, symbol, bar.openTime(), releasedBy(judgement), judgement.detail()));
      case CONDEMNED ->
          listener.noted(
              new QualityNote.BarCondemned(venue, symbol, bar.openTime(), judgement.detail()));
    }
  }

  private static ReleasedBy releasedBy(Judgement judgement) {
    return judgement.detail().contains(SECOND_VENUE)
        ? ReleasedBy.SECOND_VENUE
        : ReleasedBy.NEXT_BAR;
  }

  private HeldRecord held(
      QualityReason reason,
      String detail,
      RawEncoding encoding,
      RawText raw,
      Instant at,
      @Nullable Instant openTime) {
    return new HeldRecord(
        venue,
        symbol,
        Channel.OHLCV,
        reason,
        detail,
        Map.of(),
        encoding,
        raw,
        at,
        () -> tally.counts(state(at)),
        openTime);
  }

  private static QualityReason gravest(Judgement judgement) {
    return judgement.reasons().isEmpty() ? QualityReason.SCHEMA : judgement.reasons().getFirst();
  }
}
