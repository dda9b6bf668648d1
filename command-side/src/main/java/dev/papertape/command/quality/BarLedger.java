package dev.papertape.command.quality;

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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts what a {@link CandleJudge} said of one stream's bars and tells the engine of those held,
 * released and condemned. Call it once for every offered bar, with everything that the judge
 * returned for it, in order.
 */
public final class BarLedger {
  private final Venue venue;
  private final Symbol symbol;
  private final StreamTally tally;

  public BarLedger(Venue venue, Symbol symbol, StreamTally tally) {
    this.venue = venue;
    this.symbol = symbol;
    this.tally = tally;
  }

  /**
   * @param releasedBy what a {@code RELEASED} among the judgements rests on
   * @param state of the stream now
   */
  public void judged(
      List<Judgement> judgements,
      ReleasedBy releasedBy,
      Instant receivedAt,
      StreamState state,
      Consumer<QualityNote> notes) {
    for (Judgement judgement : judgements) {
      Bar bar = judgement.bar();
      switch (judgement.outcome()) {
        case PASSED -> {
          tally.received(receivedAt);
          tally.accepted();
        }
        case FLAGGED -> {
          tally.received(receivedAt);
          tally.accepted();
          tally.flagged(gravest(judgement), receivedAt);
        }
        case REJECTED -> {
          tally.received(receivedAt);
          tally.rejected(gravest(judgement));
        }
        case QUARANTINED -> {
          tally.received(receivedAt);
          tally.quarantined(gravest(judgement), receivedAt);
          notes.accept(new QualityNote.Held(held(judgement, receivedAt, state)));
        }
        case RELEASED ->
            notes.accept(
                new QualityNote.BarReleased(
                    venue, symbol, bar.openTime(), releasedBy, judgement.detail()));
        case CONDEMNED ->
            notes.accept(
                new QualityNote.BarCondemned(venue, symbol, bar.openTime(), judgement.detail()));
      }
    }
  }

  private HeldRecord held(Judgement judgement, Instant receivedAt, StreamState state) {
    return new HeldRecord(
        venue,
        symbol,
        Channel.OHLCV,
        gravest(judgement),
        judgement.detail(),
        Map.of(),
        RawEncoding.DECODED,
        text(judgement.bar()),
        receivedAt,
        () -> tally.counts(state),
        judgement.bar().openTime());
  }

  private RawText text(Bar bar) {
    return RawText.of(
        "{\"close\":\"%s\",\"high\":\"%s\",\"low\":\"%s\",\"open\":\"%s\",\"openTime\":\"%s\",\"record\":\"BAR\",\"symbol\":\"%s\",\"volume\":\"%s\"}"
            .formatted(
                bar.close().toPlainString(),
                bar.high().toPlainString(),
                bar.low().toPlainString(),
                bar.open().toPlainString(),
                bar.openTime(),
                symbol,
                bar.volume().toPlainString()));
  }

  private static QualityReason gravest(Judgement judgement) {
    return judgement.reasons().isEmpty() ? QualityReason.SCHEMA : judgement.reasons().getFirst();
  }
}
